import { expect } from 'chai';
import { compileRule } from '../../../tools/detection/compile/compile';
import { readRules, type ReadRule } from '../../../tools/detection/compile/rules';
import { runRules } from '../../../tools/detection/compile/run';
import { eventsOf, randomFrom } from '../elasticsearch/rule-events';
import { realNode, silent } from '../elasticsearch/node';

const SEED = 20_250_101;
/** A corpus names lists that only its user has. */
const PLACEHOLDERS = { known_cdcs: ['dc01', 'dc02'] };

/** Runs rules on events that are made from them; every rule is asked of every event. */
async function run(rules: ReadRule[], node: Parameters<typeof runRules>[2]) {
  const random = randomFrom(SEED);
  const events = rules.flatMap(({ rule }) => (rule === null ? [] : eventsOf(rule.plan, random)));
  const result = await runRules(rules, () => events, node, { progress: silent });
  expect(result.events).to.equal(events.length);
  expect(result.disagreements.map(({ rule, event, onlyIn }) => [rule.path, events[event], onlyIn])).to.deep.equal([]);
  expect(result.refusedByNode.map(({ path }) => path)).to.deep.equal([]);
  return result.outcomes.filter((outcome) => outcome !== null);
}

describe('rules without contracts in Elasticsearch', () => {
  const node = realNode();

  it('match the events that memory finds', async () => {
    const rules = readRules(['test/fixtures/compile/rules'], PLACEHOLDERS);
    const ran = await run(rules, node());
    expect(ran.length).to.be.greaterThan(5);
    expect(ran.filter(({ matches }) => matches > 0)).to.have.length(ran.length);
    expect(ran.some(({ decided }) => decided === 'checked again')).to.equal(true);
    expect(ran.filter(({ decided }) => decided === 'elasticsearch').length).to.be.greaterThan(ran.length / 2);
  });

  it('match them for a whole corpus (TOLLGATE_CORPUS: its folder)', async function () {
    const corpus = process.env['TOLLGATE_CORPUS'];
    if (!corpus) return this.skip();
    const rules = readRules([corpus], PLACEHOLDERS);
    const lines = rules.map(compileRule);
    expect(lines.filter(({ exactness }) => exactness === 'refused')).to.deep.equal([]);
    const exact = lines.filter(({ exactness }) => exactness === 'exact').length;
    expect(exact / lines.length).to.be.greaterThan(0.99);
    const ran = await run(rules, node());
    expect(ran).to.have.length(rules.length);
    expect(ran.filter(({ matches }) => matches > 0).length / ran.length).to.be.greaterThan(0.9);
  });
});
