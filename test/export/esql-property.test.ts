import { expect } from 'chai';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { evaluateHunt } from '../../tools/detection/hunt/evaluate';
import { runsIn } from '../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../tools/detection/hunt/types';
import { elastic } from '../../tools/export/elastic';
import type { KibanaRule } from '../../tools/export/elastic/rule';
import type { ExportEntry } from '../../tools/export/target';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import { esql, load, lucene, needsEngine, unload } from './esql-engine';
import { detection, SHOP } from './fixture';
import { Dice } from './sql/dice';
import { alertsOf, held, huntInputs, type Held } from './sql/memory';
import { ADDRESSES, randomEvents, SOURCES, START, TEXTS } from './sql/random-events';
import { randomHunt } from './sql/random-hunt';
import { randomExpr, randomRules } from './sql/random-rules';

/** So many answers are compared at least; what Elastic's export refuses is asked of nobody. */
const PROBLEMS = Number(process.env['TOLLGATE_ESQL_PROBLEMS'] ?? 500);
/** Sets of events that are indexed at once, each with hunts of its own, so far apart that no window holds events of two. */
const TOGETHER = 10;
const APART = 2 * 86_400_000;
const MINUTE = 60_000;

/** Without texts that JSON escapes, which 8.19.0 indexes escaped; and without what an index does not have: addresses that are none, fields without a value. */
const ALPHABET = {
  texts: TEXTS.filter((text) => JSON.stringify(text) === `"${text}"`),
  addresses: ADDRESSES.filter((address) => /^[\d.]+$|^2001|^::f/.test(address) && !/^010|^10\.0\.0$/.test(address)),
  valueless: false,
};

describe('random detections, correlations and hunts in a real Elasticsearch', function () {
  this.timeout(3_600_000);
  before(function () {
    needsEngine(this);
  });
  after(async () => {
    for (const contract of SOURCES.values()) if (process.env['TOLLGATE_ESQL_URL']) await unload(contract);
  });

  it('answer as memory does', async () => {
    const compared = { detection: 0, correlation: 0, hunt: 0 };
    const all = () => compared.detection + compared.correlation + compared.hunt;
    for (let seed = 0; all() < PROBLEMS; seed++) {
      const dice = new Dice(seed);
      const events = dice
        .times(TOGETHER, (index) => held(randomEvents(dice, START + index * APART, ALPHABET), SOURCES))
        .flat();
      await index(events);
      const single = detection('single', randomExpr(dice));
      if (await holdDetection(single, events)) compared.detection++;
      const { rules, outer } = randomRules(dice);
      if (await holdCorrelation(rules, outer, events)) compared.correlation++;
      for (let n = 0; n < TOGETHER; n++) {
        const at = START + n * APART + dice.whole(0, 7_200_000);
        if (await holdHunt(randomHunt(dice), events, at)) compared.hunt++;
      }
    }
    expect(Object.values(compared).every((count) => count > PROBLEMS / 50)).to.equal(true);
  });
});

async function index(events: readonly Held[]): Promise<void> {
  for (const contract of SOURCES.values()) {
    const own = events.filter(({ source }) => source === contract.id);
    await load(
      contract,
      own.map(({ event }) => event),
    );
  }
}

/** What Elastic's export makes of a detector; null where it refuses. */
function exported(
  rules: Rule[],
  queries: HuntQuery[],
): { rule: KibanaRule; exactness: ExportEntry['exactness'] } | null {
  const { files, entries } = elastic({ rules, queries, incidents: [], contracts: SOURCES, acts: new Map() });
  const id = queries[0]?.id ?? rules.at(-1)!.id;
  const { exactness } = entries.find(({ rule }) => rule.id === id)!;
  const written = files
    .get('rules.ndjson')!
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as KibanaRule);
  const rule = written.find(({ rule_id }) => rule_id === id);
  return rule ? { rule, exactness } : null;
}

async function holdDetection(single: DetectionRule, events: readonly Held[]): Promise<boolean> {
  const answer = exported([single], []);
  if (!answer) return false;
  const { rule, exactness } = answer;
  const holds = compilePredicate(single.plan);
  const own = events.filter(({ source }) => source === SHOP.id);
  const wanted = own.flatMap(({ event }, n) => (holds(event) ? [n] : []));
  const found =
    rule.language === 'lucene'
      ? await lucene(SHOP, rule.query)
      : (await esql(`${rule.query}\n| LIMIT 10000`)).map((row) => Number(row['_id'])).sort((a, b) => a - b);
  if (exactness === 'exact') expect(found, rule.query).to.deep.equal(wanted);
  else expect(found, rule.query).to.include.members(wanted);
  return true;
}

async function holdCorrelation(rules: Rule[], outer: CorrelationRule, events: readonly Held[]): Promise<boolean> {
  const answer = exported(rules, []);
  if (!answer) return false;
  const groups = (of: CorrelationRule): string[] => {
    const alerts = alertsOf([...rules.slice(0, -1), of], events, SOURCES).get(of.id)!;
    return [...new Set(alerts.map(({ group }) => JSON.stringify(Object.values(group).map(String))))].sort();
  };
  const rows = await esql(`${answer.rule.query}\n| LIMIT 10000`);
  const found = rows.map((row) => JSON.stringify(outer.groupBy.map((field) => String(row[field]))));
  const distinct = [...new Set(found)].sort();
  if (answer.exactness === 'exact') expect(distinct, answer.rule.query).to.deep.equal(groups(outer));
  else expect(distinct, answer.rule.query).to.include.members(groups(outer));
  // What is found too much lies within what the export says of its windows.
  expect(groups({ ...outer, timespanMs: outer.timespanMs * 1.05 }), answer.rule.query).to.include.members(distinct);
  return true;
}

/** The last run that is due at some time tells the groups that it finds and the one before did not. */
async function holdHunt(query: HuntQuery, events: readonly Held[], at: number): Promise<boolean> {
  const answer = query.schedule ? exported([], [query]) : null;
  if (!answer) return false;
  const { everyMs, delayMs } = query.schedule!;
  const [before, run] = runsIn(query, { start: at - 2 * everyMs - delayMs, end: at }).slice(-2);
  const inputs = huntInputs(query, events);
  const key = (values: readonly unknown[]) => JSON.stringify(values.map(String));
  const rowsAt = (one: typeof run) =>
    evaluateHunt(query, inputs, one!).rows.map(({ group, values }) => ({ key: key(Object.values(group)), values }));
  const told = new Set(rowsAt(before).map((row) => row.key));
  const wanted = rowsAt(run).filter((row) => !told.has(row.key));
  const rows = await esql(`${answer.rule.query}\n| LIMIT 10000`, undefined, run!.at + Math.min(MINUTE, everyMs) / 2);
  const found = new Map(rows.map((row) => [key(query.groupBy.map((field) => row[field])), row]));
  expect([...found.keys()].sort(), answer.rule.query).to.deep.equal(wanted.map((row) => row.key).sort());
  for (const { key: group, values } of wanted)
    for (const [name, value] of Object.entries(values)) {
      const got = found.get(group)![name];
      if (value === null) expect(got, name).to.equal(null);
      else expect(got, `${name} in ${answer.rule.query}`).to.be.closeTo(value, Math.abs(value) * 2e-5 + 1e-9);
    }
  return true;
}
