import { expect } from 'chai';
import { summarizeUnits } from '../../../tools/evidence/measure/summary';
import { proofsOf, resultsText, staleWorlds } from '../../../tools/evidence/measure/stored';
import { measurementPage } from '../../../tools/command/report/measurement';
import { outcome } from '../replay/judgements';
import { detectorUnit, unitOf, unitResult } from './sample';

const digests = new Map([
  ['shop', 'a'],
  ['bank', 'b'],
]);

const summary = (...units: Parameters<typeof unitResult>[]) =>
  summarizeUnits(
    units.map(([more, judged]) => ({
      unit: unitOf({ world: more?.world ?? 'shop', seed: more?.seed ?? 101 }),
      result: unitResult(more, judged),
    })),
    { own: digests, independent: digests },
    false,
    [],
  );

describe('the results of a measurement', () => {
  it('add the seeds of a world up and keep worlds apart', () => {
    const ordinary = { episodes: 2, alerts: 2, spans: [] };
    const results = summary(
      [{}, { ordinary }],
      [{ seed: 102 }, { nearness: 0.9, nearest: 'launch' }],
      [{ world: 'bank' }, { world: 'bank' }],
    );
    const [rule] = results.detectors;
    expect(rule!.worlds).to.deep.equal([
      { world: 'shop', episodes: 2, days: 8, sends: 16_000, nearness: 0.9, nearest: 'launch' },
      { world: 'bank', episodes: 0, days: 4, sends: 8000, nearness: 0.5, nearest: null },
    ]);
    expect(results.digests).to.deep.equal({ shop: 'a', bank: 'b' });
    expect(proofsOf(results, digests).get('rule')).to.have.length(2);
    const changed = new Map([...digests, ['shop', 'c']]);
    expect(
      proofsOf(results, changed)
        .get('rule')!
        .map(({ world }) => world),
    ).to.deep.equal(['bank']);
    expect(staleWorlds(results, changed)).to.deep.equal(['shop']);
    expect(results.pack.map(({ world, days }) => [world, days])).to.deep.equal([
      ['shop', 8],
      ['bank', 4],
    ]);
  });

  it('tell loud campaigns from slow ones, and what was gone before the alert', () => {
    const slow = { scenario: 'low', occurrence: 1, messages: 100, usd: 10, busiestHour: 499, usdAtBound: 1 };
    const results = summary(
      [{}],
      [{ seed: 102, campaigns: [slow] }, { campaigns: [outcome({ scenario: 'low', seconds: 7200 })] }],
    );
    const [rule] = results.detectors;
    expect(rule!.campaigns).to.deep.equal([
      { world: 'shop', scenario: 'attack', pace: 'loud', caught: 1, missed: 0, blind: 0 },
      { world: 'shop', scenario: 'low', pace: 'slow', caught: 1, missed: 0, blind: 0 },
    ]);
    expect(rule!.until.loud).to.deep.equal({ seconds: { median: 60, p95: 60 }, messages: 10, usd: 2 });
    expect(rule!.until.slow!.seconds.median).to.equal(7200);
    expect(results.pack[0]!.campaigns[0]).to.include({ cost: 90, lost: 2 });
  });

  it('count what any rule caught for the content as a whole', () => {
    const missed = outcome({ outcome: 'missed', seconds: null, messages: 900, usd: 90 });
    const results = summary([
      {
        detectors: [
          detectorUnit('deaf', { campaigns: [missed] }),
          detectorUnit('keen', { campaigns: [outcome({ seconds: 30 })] }),
        ],
      },
    ]);
    expect(results.pack[0]!.campaigns[0]).to.include({ caught: 1, missed: 0 });
    expect(results.pack[0]!.until.loud!.seconds.median).to.equal(30);
    expect(results.detectors[0]!.until.loud).to.equal(null);
  });

  it('leave days and special scenarios of a world that lacks a source out', () => {
    const specials = [{ world: 'shop', scenario: 'launch', perYear: 2, occurrences: 1, episodes: 0, spans: [] }];
    const [rule] = summary([{}, { days: 0, specials }], [{ seed: 102 }, { specials }]).detectors;
    expect(rule!.worlds[0]!.days).to.equal(4);
    expect(rule!.specials).to.deep.equal([
      { world: 'shop', scenario: 'launch', perYear: 2, occurrences: 1, episodes: 0 },
    ]);
  });

  it('do not count what only some queries saw as a miss of the whole', () => {
    const part = {
      unit: unitOf({ detectors: 'long' as const }),
      result: unitResult({ detectors: [detectorUnit('query', { ordinary: { episodes: 3, alerts: 3, spans: [] } })] }),
    };
    const whole = { unit: unitOf({ seed: 102, detectors: 'short' as const }), result: unitResult({ seed: 102 }) };
    const { pack, detectors } = summarizeUnits([part, whole], { own: digests, independent: digests }, false, []);
    expect(pack[0]!.campaigns).to.have.length(1);
    expect(pack[0]!.campaigns[0]).to.include({ caught: 1, missed: 0, blind: 0 });
    expect(pack[0]!.episodes).to.deep.equal([{ level: 'high', episodes: 3, days: 4 }]);
    expect(detectors.map(({ id }) => id)).to.deep.equal(['query', 'rule']);
  });

  it('keep the independent scenarios apart', () => {
    const own = { unit: unitOf({ seed: 101 }), result: unitResult({}) };
    const apart = { unit: unitOf({ seed: 101, scenarios: 'independent' as const }), result: unitResult({}) };
    const of = (...finished: (typeof own)[]) =>
      summarizeUnits(finished, { own: digests, independent: new Map([['shop', 'z']]) }, false, []);
    const both = of(own, apart);
    expect(both.units).to.deep.equal(of(own).units);
    expect(both.pack).to.deep.equal(of(own).pack);
    expect(both.independent!.digests).to.deep.equal({ shop: 'z' });
    expect(both.independent!.units).to.have.length(1);
    expect(of(own).independent).to.equal(null);
    expect(JSON.parse(resultsText(both))).to.deep.equal(both);
  });

  it('identify what each unit found, whichever engine found it', () => {
    const found = (more: Parameters<typeof unitResult>[0], judged?: Parameters<typeof unitResult>[1]) =>
      summary([more, judged]).units[0]!.found;
    expect(found({ engine: { name: 'elasticsearch+memory', version: '9' } })).to.equal(found({}));
    expect(found({}, { truePositives: 2 })).not.to.equal(found({}));
  });

  it('survive being written', () => {
    const results = summary([{}], [{ seed: 102 }]);
    expect(JSON.parse(resultsText(results))).to.deep.equal(results);
  });

  it('make a page that says rates with their bounds', () => {
    const specials = [{ world: 'shop', scenario: 'launch', perYear: 2, occurrences: 4, episodes: 1, spans: [] }];
    const page = measurementPage(summary([{}, { specials }], [{ seed: 102 }, {}]), new Map());
    expect(page).to.contain('| shop | alongside the rules | 101–102 | 4 | all | 20 | 0 |');
    expect(page).to.contain('| shop | 0 | 8 | 0 [0–0.46] | 0 [0–23.06] | 0.37 a day (≤ 3 in 8 d) | 50 % |');
    expect(page).to.contain('- 0.25 [0.0063–1.39] per launch (1 in 4; 2 a year)');
    expect(page).to.contain('loud: 2 caught, 0 missed, 0 blind, first alert after 1m 0s');
  });
});
