import { expect } from 'chai';
import { explainOn, type NamedEvent } from '../../../tools/evidence/explain/explain';
import { subjectOfQuery, subjectOfRule, type Explainable } from '../../../tools/evidence/explain/subject';
import type { Explanation } from '../../../tools/evidence/explain/result';
import { eventsOf, caseRunner, placeCases } from '../../../tools/evidence/replay/case-outcomes';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';

const { content, filters } = loadContent(findLayout([]), { datasets: false });
const { contracts } = content;
const looked = { rules: content.sigma, filters, contracts, documents: [...content.rules, ...content.queries] };
const PROGRESS = { update: () => undefined };

function subjectOf(id: string): Explainable {
  const rule = content.sigma.find((one) => one.id === id);
  return rule
    ? subjectOfRule(rule, looked)
    : subjectOfQuery(
        content.hunts.find((one) => one.id === id)!,
        looked,
      );
}

const cases = placeCases(content.cases, { rules: content.sigma, queries: content.hunts, contracts });

function explainCase(id: string, name: string): Explanation {
  const placed = cases.find(({ tested, one }) => tested.id === id && one.name === name)!;
  const events = [...eventsOf([placed], contracts)].map((event): NamedEvent => ({ ...event, name: String(event.n) }));
  return explainOn(subjectOf(id), events, contracts);
}

const EXPIRED = 'f591045c-d82e-4733-a9b5-78ef4a808075';
const IDLE = '7e4c6a20-b212-5e01-bba5-06a87ad55b8b';

describe('an explanation of a rule or query on events', () => {
  it('has the matches and alerts of the engine, on a case of every rule and query', async () => {
    const taken = cases.filter(
      ({ tested }, index) => index === 0 || cases[index - 1]!.tested.id !== tested.id, // One of each.
    );
    const told = { rules: content.sigma, queries: content.hunts, contracts };
    let first = 0;
    const placed = taken.map((one) => {
      const at = { ...one, first };
      first += one.records.length;
      return at;
    });
    const run = await caseRunner(eventsOf(placed, contracts), told, new MemoryEngine(), PROGRESS);
    for (const one of placed) {
      const explanation = explainCase(one.tested.id, one.one.name);
      const { inputs, result } = run(one);
      const matched = inputs.map(({ rule, matches }) => [rule, matches.map(({ event }) => event - one.first)]);
      expect(explanation.parts.map(({ id, matched: found }) => [id, found])).to.deep.equal(matched);
      const alerts = result.alerts.map(({ start, events }) => [start, events.map((event) => event - one.first)]);
      expect(explanation.alerts.map(({ start, events }) => [start, events.map(({ event }) => event)])).to.deep.equal(
        alerts,
      );
    }
    expect(placed.length).to.be.above(100);
  });

  it('says what the groups of a correlation reached, in a window and in all, and how much is short', () => {
    const [one] = explainCase(EXPIRED, '24 numbers of one block').correlations;
    expect([one!.reached, one!.short, one!.alerts]).to.deep.equal([24, 1, 0]);
    const { group, matches, reached, together } = one!.groups![0]!;
    expect(group['destination.block']).to.equal('+99800093');
    expect([matches, reached, together]).to.deep.equal([[24], 24, 24]);
    const blocks = explainCase(EXPIRED, 'Sixty numbers of sixty blocks').correlations[0]!;
    expect(blocks.groups!.map((each) => each.reached)).to.deep.equal(new Array(60).fill(1));
  });

  it('says that in all there would have been enough, where a window is too short', () => {
    const placed = cases.find(
      ({ tested, one }) => tested.id === EXPIRED && one.name === '25 numbers of one block in time',
    )!;
    const first = placed.records[0]!.time;
    // The same numbers, ten times as slowly.
    const events = [...eventsOf([placed], contracts)].map((event): NamedEvent => {
      const time = first + 10 * (event.time - first);
      return { ...event, time, ingested: time, name: String(event.n) };
    });
    const [one] = explainOn(subjectOf(EXPIRED), events, contracts).correlations;
    expect(one!.alerts).to.equal(0);
    expect(one!.reached).to.be.below(25);
    expect(one!.short).to.equal(25 - Number(one!.reached));
    expect(one!.groups![0]!.together).to.equal(25);
  });

  it('says how near a row of a query came to having, and by which comparison', () => {
    const { hunt, alerts } = explainCase(IDLE, '38 numbers without a history that do nothing');
    expect(alerts).to.deep.equal([]);
    const { nearness, having } = hunt!.nearest!;
    expect(nearness).to.be.closeTo(38 / 39, 1e-9);
    expect([having.text, having.left, having.right, having.holds]).to.deep.equal([
      'idle_numbers >= max($min_idle, limit)',
      38,
      39,
      false,
    ]);
  });

  it('puts events together on which the same tests hold, what does not match first', () => {
    const explanation = explainCase(IDLE, 'Eleven numbers that do nothing, where everybody did something');
    for (const { alike, matched, of } of explanation.parts) {
      expect(alike.reduce((sum, { events }) => sum + events.length, 0)).to.equal(of);
      const holding = alike.filter(({ holds }) => holds).flatMap(({ events }) => events);
      expect(holding.sort((a, b) => a - b)).to.deep.equal(matched);
      const order = alike.map(({ holds }) => holds);
      expect(order).to.deep.equal([...order].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('counts the matches that are in no group, by the field that they lack', () => {
    const placed = cases.find(({ tested, one }) => tested.id === EXPIRED && one.name === '24 numbers of one block')!;
    const events = [...eventsOf([placed], contracts)].map(({ event, ...rest }): NamedEvent => {
      const without = structuredClone(event);
      delete without['destination'];
      return { ...rest, event: without, name: '' };
    });
    const [one] = explainOn(subjectOf(EXPIRED), events, contracts).correlations;
    expect(one!.excluded).to.deep.equal({ count: 24, lacking: { 'destination.block': 24 } });
    expect([one!.reached, one!.groups]).to.deep.equal([null, []]);
  });
});
