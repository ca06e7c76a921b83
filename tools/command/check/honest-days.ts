import { join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { loadYaml } from '../../foundation/content/load-yaml';
import { digestsOf, digestTextsOf } from '../../evidence/measure/digest';
import { daysAtHigh, honestDaysIn } from '../../evidence/measure/honest-days';
import { filesOf, readResults, staleWorlds } from '../../evidence/measure/stored';
import { FOLDERS, type Layout } from './layout';

/**
 * Holds the reasons of honest days against the committed measurement: a warning where a day is an incident at high and its scenario does not say why no
 * log tells it from a campaign, and where it says so of a day that is never at high. Worlds whose content is another one by now tell nothing of the first,
 * and where there are any, nothing is told of the second.
 */
export function honestDayDiagnostics(layout: Layout): Diagnostic[] {
  if (layout.datasets !== join(layout.root, FOLDERS.datasets) || layout.selected !== null) return [];
  const results = readResults(filesOf(layout.datasets).results);
  if (!results) return [];
  const now = digestTextsOf(digestsOf(layout));
  const sets = [
    { pack: results.pack, stale: staleWorlds(results, now.own) },
    ...(results.independent
      ? [{ pack: results.independent.pack, stale: staleWorlds(results.independent, now.independent) }]
      : []),
  ];
  const judged = daysAtHigh(sets.flatMap(({ pack, stale }) => pack.filter(({ world }) => !stale.includes(world))));
  const isWhole = sets.every(({ stale }) => stale.length === 0);
  return [...honestDaysIn(layout.datasets)].flatMap(([scenario, { file, reason }]) => {
    const worlds = judged.get(scenario);
    if (worlds !== undefined && reason === undefined)
      return warning(
        file,
        [],
        `the measurement has this honest day as an incident at high in ${worlds.join(', ')}`,
        'mend what raises it, or say under indistinguishable why no log tells it from a campaign',
      );
    if (worlds === undefined && reason !== undefined && isWhole)
      return warning(
        file,
        ['indistinguishable'],
        'the measurement has this honest day at high in no world',
        'delete it',
      );
    return [];
  });
}

function warning(file: string, path: string[], message: string, hint: string): Diagnostic[] {
  const document = loadYaml(file).documents[0];
  if (!document) return [];
  const reporter = new Reporter(document);
  reporter.warning('honest-day-at-high', path, message, hint);
  return reporter.diagnostics;
}
