import { plain } from '../../foundation/content/markdown';
import { daysAtHigh, openDays, type HonestDay } from '../../evidence/measure/honest-days';
import type { MeasuredSet, Results } from '../../evidence/measure/results';
import { markdownTable } from './markdown-table';

/** The honest special days that became a high incident: how many have a reason, and a row for each with its reason or that it has none. */
export function highDays(results: Results, days: ReadonlyMap<string, HonestDay>): string[] {
  const sets: [string, MeasuredSet][] = [
    ...(results.independent ? [['independently', results.independent] as [string, MeasuredSet]] : []),
    ['alongside the rules', results],
  ];
  const rows = sets.flatMap(([written, { pack }]) =>
    [...daysAtHigh(pack)].map(([scenario, worlds]) => [
      plain(scenario),
      written,
      worlds.map((world) => plain(world)).join(', '),
      plain(days.get(scenario)?.reason ?? '') || '**none: an open finding**',
    ]),
  );
  if (rows.length === 0) return ['No honest special day becomes a high incident.'];
  const open = sets.flatMap(([, set]) => openDays(set, days)).length;
  return [
    `Of ${rows.length} honest special days that become a high incident in some world, ${rows.length - open} give a reason why no log tells them from a campaign` +
      ` (\`indistinguishable\` in the scenario); ${open === 0 ? 'none is an open finding' : open === 1 ? '1 has none and is an open finding' : `${open} have none and are open findings`}.`,
    '',
    ...markdownTable(['honest day', 'written', 'high in', 'why no log tells it from a campaign'], rows, 4),
  ];
}
