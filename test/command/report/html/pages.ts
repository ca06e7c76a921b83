import { join } from 'node:path';
import { measuredPage } from '../../../../tools/command/report/html/measurement';
import { ownPage } from '../../../../tools/command/report/html/own-logs';
import { replayPage } from '../../../../tools/command/report/html/replay';
import { tunePage } from '../../../../tools/command/report/html/tune';
import { readResults } from '../../../../tools/evidence/measure/stored';
import type { Results } from '../../../../tools/evidence/measure/results';
import { parseIncident } from '../../../../tools/evidence/own-logs/incidents';
import { Losses } from '../../../../tools/evidence/own-logs/losses';
import { emptyPicture, type OwnPicture } from '../../../../tools/evidence/own-logs/picture';
import type { OwnReport } from '../../../../tools/evidence/own-logs/result';
import { replayRecords } from '../../../../tools/evidence/own-logs/run';
import type { TunePoint, TuneReport } from '../../../../tools/evidence/tune/result';
import { contentOf, queued, rates, run, streamOf } from '../../../evidence/own-logs/logs';
import { line, report } from '../sample';
import { pictureFor } from './sample';

const ROOT = join(__dirname, '../../../..');

/** The measurement that is committed. */
export const committed = (): Results => readResults(join(ROOT, 'measurement/results.json'))!;

function point(value: number, caught: number, usdLost: number, rate: number): TunePoint {
  return {
    ...{ value, usdLost, usd: 900, incidentsPerDay: rate / 2, alerts: rate, episodes: rate * 6, days: 6 },
    campaigns: { present: 4, caught },
    ...{ perDay: rate, interval: [0, rate + 0.61], specials: 3 },
    ...{ worst: { world: 'shop', rate, high: rate + 0.5 }, isWithin: rate <= 0.4 },
  };
}

const points = [point(5, 4, 20, 1), point(10, 3, 50, 0), point(200, 1, 800, 0)];

/** A sweep of one parameter, in which another value than the present one is to be taken. */
export const sweep = (more: Partial<TuneReport> = {}): TuneReport => ({
  ...{ id: '11111111-1111-4111-8111-111111111111', name: 'Many numbers of one block', kind: 'rule' },
  ...{ path: 'rules/shop/shop_block.yml', budget: { max: 0.4, per: 'day', world: 'worst' } },
  ...{ worlds: ['shop', 'bank'], days: 2, seeds: [1, 2, 3], reportSeeds: [4] },
  parameters: [
    {
      ...{ parameter: 'shop_block.numbers', description: 'Fewest numbers of one block.', unit: 'numbers' },
      ...{ range: [5, 200], present: 200, points, choice: 10, nearest: null, reported: points.slice(1) },
    },
  ],
  ...more,
});

/** A burst among quiet days of a site's own logs, and a known bad period around it. */
export async function ownRun(): Promise<{ report: OwnReport; picture: OwnPicture }> {
  const quiet = Array.from({ length: 97 }, (_, hour) => queued(hour * 60, `+4915${1000 + hour}0000`));
  const picture = emptyPicture();
  const records = [...quiet, ...run(600, 60, '+9940001'), ...run(3000, 60, '+9940002')];
  const found = await replayRecords(streamOf(records), ['twilio.ndjson'], {
    content: contentOf('rules/twilio/twilio_message_block_burst.yml', 'rules/twilio/twilio_verify_sends_used_up.yml'),
    incidents: [parseIncident('2026-08-03T10:00Z/PT1H')],
    ...{ rates, losses: new Losses(), progress: { update: () => undefined }, picture },
  });
  // How long it took differs.
  return { report: { ...found, cost: { ...found.cost, seconds: 1 } }, picture };
}

/** A page of each kind. */
export const PAGES: Record<string, () => Promise<string>> = {
  replay: () => {
    const rules = (['not-proven', 'fail', 'not-tested', 'pass'] as const).map((verdict) =>
      line({ id: verdict, verdict }),
    );
    const name = 'A query with a rather long title that a narrow screen has to break';
    const one = report(rules, { queries: [line({ id: 'q', kind: 'query', name })] });
    return Promise.resolve(replayPage(one, pictureFor(one)));
  },
  'own logs': async () => {
    const { report: found, picture } = await ownRun();
    return ownPage(found, picture);
  },
  tune: () => Promise.resolve(tunePage(sweep())),
  measurement: () => Promise.resolve(measuredPage(committed())),
};
