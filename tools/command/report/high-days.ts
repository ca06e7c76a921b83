import { plain } from '../../foundation/content/markdown';
import { daysAtHigh, openDays, type HonestDay } from '../../evidence/measure/honest-days';
import type { MeasuredSet, Results } from '../../evidence/measure/results';
import { markdownTable } from './markdown-table';

/** The honest special days that were an incident at high: how many have a reason, and a row for each with its reason or that it has none. */
export function highDays(results: Results, days: ReadonlyMap<string, HonestDay>): string[] {
  const sets: [string, MeasuredSet][] = [
    ...(results.independent ? [['apart from the rules', results.independent] as [string, MeasuredSet]] : []),
    ['beside the rules', results],
  ];
  const rows = sets.flatMap(([written, { pack }]) =>
    [...daysAtHigh(pack)].map(([scenario, worlds]) => [
      plain(scenario),
      written,
      worlds.map((world) => plain(world)).join(', '),
      plain(days.get(scenario)?.reason ?? '') || '**none: an open finding**',
    ]),
  );
  if (rows.length === 0) return ['No honest special day is an incident at high.'];
  const open = sets.flatMap(([, set]) => openDays(set, days)).length;
  return [
    `Of ${rows.length} honest special days that are an incident at high in some world, ${rows.length - open} say why no log tells them from a campaign` +
      ` (\`indistinguishable\` in the scenario); ${open === 0 ? 'none is' : `${open} ${open === 1 ? 'is' : 'are'}`} open.`,
    '',
    ...markdownTable(['honest day', 'written', 'at high in', 'why no log tells it from a campaign'], rows, 4),
  ];
}
