import { expect } from 'chai';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { replay } from '../../../tools/evidence/replay/run';
import type { WindowModel } from '../../../tools/evidence/replay/windows';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import type { Dataset, SimulatedEvent } from '../../../tools/simulate/types';
import { burstIn, contractWith, sent } from './rules';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Three events of a block in an hour. The export searches every minute over 66 for it, as the source is up to five minutes late. */
const burst = burstIn(60);
const lateBy = (worst: string) => contractWith({ delay: { typical: 'PT1M', worst, evidence: 'documented' } });

/** Replays a day with one attack, whose events are at these times (ms) among ordinary ones, from a source that is at worst so late. */
async function run(
  rules: Rule[],
  window: WindowModel | undefined,
  attack: number[],
  ordinary: number[] = [],
  worst = 'PT5M',
) {
  const labelled = [
    ...attack.map((time) => ({ time, label: { kind: 'malicious' as const, occurrence: 1 } })),
    ...ordinary.map((time) => ({ time, label: { kind: 'benign' as const, occurrence: 0 } })),
  ].sort((a, b) => a.time - b.time);
  const events = labelled.map((one, n): SimulatedEvent => ({
    ...one,
    n,
    source: 'src',
    ingested: one.time,
    event: { block: 'a', asset: 'shop' },
  }));
  const dataset: Dataset = {
    world: 'w',
    seed: 1,
    start: 0,
    end: 1440 * MINUTE,
    days: 1,
    sources: ['src'],
    occurrences: [
      {
        number: 1,
        scenario: 'attack',
        title: 'Attack',
        kind: 'malicious',
        start: Math.min(...attack),
        end: Math.max(...attack),
      },
    ],
    events: () => events,
  };
  const report = await replay({
    rules,
    queries: [],
    contracts: new Map([['src', lateBy(worst)]]),
    datasets: [dataset],
    engines: [new MemoryEngine()],
    progress: { update: () => undefined },
    ...(window && { window }),
  });
  return { report, rule: report.rules[0]! };
}

const minutes = (...times: number[]) => times.map((time) => time * MINUTE);
const unchanged = { caught: 0, benignEpisodes: 0, specialEpisodes: 0, medianSeconds: null };

describe('window models of a replay', () => {
  const across = minutes(58, 59, 61);

  it('are sliding by default, with nothing more in the report', async () => {
    const { report, rule } = await run([sent, burst], undefined, across);
    expect(report.window).to.equal('sliding');
    expect(rule.campaigns.caught).to.equal(1);
    expect(rule).not.to.have.any.keys('window', 'change');
    expect(await run([sent, burst], 'sliding', across)).to.deep.equal({ report, rule });
  });

  it('miss a burst across the edge of a bucket where they tumble', async () => {
    const { report, rule } = await run([sent, burst], 'tumbling', across);
    expect(report.window).to.equal('tumbling');
    expect(report.totals.campaigns.caught).to.equal(0);
    expect(rule.campaigns).to.deep.equal({ present: 1, caught: 0, blind: 0 });
    expect(rule.window).to.deep.equal({ model: 'tumbling' });
    expect(rule.change).to.deep.equal({ ...unchanged, caught: -1 });
  });

  it('alert when the bucket is over', async () => {
    const { rule } = await run([sent, burst], 'tumbling', minutes(1, 2, 3));
    expect(rule.change).to.deep.equal({ ...unchanged, medianSeconds: 57 * 60 });
  });

  it("don't make a campaign of a bucket that alerts without it", async () => {
    const { rule } = await run([sent, burst], 'tumbling', minutes(30), minutes(1, 2, 3));
    expect(rule.benign.episodes).to.equal(1);
    expect(rule.campaigns.caught).to.equal(0);
  });

  it('wait for the next search of the schedule that the export has, in the phase with the latest alert', async () => {
    const { rule } = await run([sent, burst], 'scheduled', minutes(1, 2, 3));
    const [intervalMs, lookbackMs, phaseMs] = [5 * MINUTE, 71 * MINUTE, 150 * SECOND];
    expect(rule.window).to.deep.equal({ model: 'scheduled', intervalMs, lookbackMs, phaseMs });
    expect(rule.change).to.deep.equal({ ...unchanged, medianSeconds: 270 });
  });

  it('count over the whole lookback, ordinary traffic too', async () => {
    const { rule } = await run([sent, burst], 'scheduled', minutes(0, 30, 62), minutes(500, 530, 562));
    expect(rule.change).to.include({ caught: 1, benignEpisodes: 1 });
  });

  it('report the phase with the fewest campaigns, though another catches one', async () => {
    // Only a search between 69:55 and 71:05 sees all three.
    const times = [5 * SECOND, 30 * MINUTE, 69 * MINUTE + 55 * SECOND];
    const { rule } = await run([sent, burst], 'scheduled', times);
    expect(rule.window).to.deep.include({ phaseMs: 75 * SECOND });
    expect(rule.change).to.deep.equal(unchanged);
  });

  it('see all that the lookback holds before a campaign', async () => {
    const { rule } = await run([sent, burst], 'scheduled', minutes(300), minutes(10, 20), 'PT4H');
    expect(rule.window).to.deep.include({ lookbackMs: 306 * MINUTE });
    expect(rule.change).to.include({ caught: 1, benignEpisodes: 0 });
  });

  it('of a single event are its schedule alone', async () => {
    expect((await run([sent], 'scheduled', minutes(1))).rule.change).to.deep.equal({
      ...unchanged,
      medianSeconds: 240,
    });
    expect((await run([sent], 'tumbling', minutes(1))).rule.change).to.deep.equal({ ...unchanged, medianSeconds: 0 });
  });

  it('look back further for what takes longer to arrive', async () => {
    const distinct: CorrelationRule = { ...burst, type: 'value_count', condition: { gte: 3, field: ['block'] } };
    const { rule } = await run([sent, distinct], 'scheduled', minutes(1));
    expect(rule.window).to.deep.include({ intervalMs: 5 * MINUTE, lookbackMs: 71 * MINUTE });
  });
});
