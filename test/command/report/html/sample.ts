import type { ReplayPicture } from '../../../../tools/evidence/replay/replay-picture';
import type { ReplayReport } from '../../../../tools/evidence/replay/result';
import { GONE_AT } from '../../../../tools/evidence/replay/picture';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 7, 3);

/** A picture that fits a report of the samples beside it: one world, three campaigns, one special day. */
export function pictureFor({ rules, queries }: ReplayReport, names = ['leased', 'slow', 'flood']): ReplayPicture {
  return {
    worlds: [
      {
        ...{ world: 'shop', days: 4, start: START },
        hourly: Array.from({ length: 96 }, (_, hour) => 20 + (hour % 24) * 3),
        specials: [{ number: 1, scenario: 'country-launch' }],
        campaigns: names.map((scenario, index) => ({
          ...{ scenario, occurrence: index + 2, messages: 90, usd: 27, busiestHour: 60, usdAtBound: 1 },
          outcome: (['caught', 'missed', 'blind'] as const)[index]!,
          seconds: index === 0 ? 95 : null,
          lost: { messages: 20, usd: index === 0 ? 6 : 27 },
          ...{ alerts: index === 0 ? 1 : 0, incidents: index === 0 ? 1 : 0, usdAtHigh: null, highAt: null, sources: 1 },
          ...{ start: START + HOUR, end: START + 5 * HOUR, origin: START + HOUR },
          gone: GONE_AT.map((seconds) => Math.min(27, seconds / 100)),
        })),
      },
    ],
    detectors: new Map(
      [...rules, ...queries].map(({ id }) => [
        id,
        [
          {
            world: 'shop',
            ordinary: [{ from: START + 3 * HOUR, to: START + 4 * HOUR, alerts: 2 }],
            groups: { near: [0, 0.05, 0.1, 0.1, 0.35], others: { groups: 1200, most: 0.05 } },
            near: [
              [1, 0.6],
              [2, 4],
              [3, 0.63],
            ] as [number, number | null][],
          },
        ],
      ]),
    ),
  };
}
