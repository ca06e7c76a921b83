import { join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { loadYaml } from '../../foundation/content/load-yaml';
import { digestsOf, digestTextsOf } from '../../evidence/measure/digest';
import { daysAtHigh, honestDaysIn } from '../../evidence/measure/honest-days';
import { filesOf, readResults, staleWorlds } from '../../evidence/measure/stored';
import { FOLDERS, type Layout } from './layout';

/**
 * Holds the reasons of honest days against the committed measurement: a warning where a scenario says why no log tells it from a campaign, and is an
 * incident at high in no world. Days at high without a reason are on the page of the measurement. Where some world's content is another one by now,
 * nothing is told.
 */
export function honestDayDiagnostics(layout: Layout): Diagnostic[] {
  if (layout.datasets !== join(layout.root, FOLDERS.datasets) || layout.selected !== null) return [];
  const results = readResults(filesOf(layout.datasets).results);
  if (!results) return [];
  const high = daysAtHigh([...results.pack, ...(results.independent?.pack ?? [])]);
  const idle = [...honestDaysIn(layout.datasets)].filter(
    ([name, { reason }]) => reason !== undefined && !high.has(name),
  );
  // Digests are asked for only where they decide something: they read the whole content again.
  if (idle.length === 0) return [];
  const now = digestTextsOf(digestsOf(layout));
  const stale = [
    ...staleWorlds(results, now.own),
    ...(results.independent ? staleWorlds(results.independent, now.independent) : []),
  ];
  return stale.length > 0 ? [] : idle.flatMap(([, { file }]) => needless(file));
}

function needless(file: string): Diagnostic[] {
  const document = loadYaml(file).documents[0];
  if (!document) return [];
  const reporter = new Reporter(document);
  const message = 'the measurement has no world in which this honest day became high';
  reporter.warning('needless-reason', ['indistinguishable'], message, 'delete it');
  return reporter.diagnostics;
}
