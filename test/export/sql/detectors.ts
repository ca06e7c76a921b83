import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent, type Loaded } from '../../../tools/command/check/load';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { runsIn } from '../../../tools/detection/hunt/runs';
import { closure } from '../../../tools/evidence/replay/rule-detector';
import { alerting, planOf } from '../../../tools/export/plan/detector';
import type { ExportDetector, DetectorPlan } from '../../../tools/export/plan/types';
import type { WholeContent } from '../../../tools/export/target';
import { alertLines, episodeLines, huntLines, LOOKED_UP, rowLines } from './compare';
import { differencesOf } from '../../../tools/export/sql/differences';
import { alertsOf, huntInputs, matched, type Held } from './memory';
import type { Warehouse } from './warehouse';

/** The repository's detectors with their plans. */
export interface Repository {
  loaded: Loaded;
  content: WholeContent;
  plans: { detector: ExportDetector; plan: DetectorPlan }[];
}

export function repository(): Repository {
  const loaded = loadContent(findLayout([]));
  const { sigma: rules, hunts: queries, contracts } = loaded.content;
  const content: WholeContent = {
    rules,
    queries,
    incidents: [],
    contracts,
    acts: loaded.acts,
    written: { documents: loaded.content.rules, placeholders: {} },
    shapes: [],
  };
  return {
    loaded,
    content,
    plans: [...alerting(rules), ...queries].map((detector) => ({ detector, plan: planOf(detector, content) })),
  };
}

/** Holds every detector's answers against those of memory, hunts at the runs that are due at some moments; gives how many rows there were. */
export async function holdAll(
  { plans, content: { rules, contracts } }: Repository,
  warehouse: Warehouse,
  events: readonly Held[],
  moments: (detector: ExportDetector) => readonly number[],
): Promise<{ alerts: number; rows: number }> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const sum = { alerts: 0, rows: 0 };
  for (const { detector, plan } of plans) {
    if ('kind' in detector) {
      const found = await warehouse.find(plan);
      const [got, wanted] =
        detector.kind === 'detection'
          ? [
              found.map((row) => Number(row['started_ms'])),
              matched(detector, events, contracts)
                .map(({ time }) => time)
                .sort((a, b) => a - b),
            ]
          : [
              episodeLines(found, detector.groupBy.length > 0),
              alertLines(alertsOf(closure(detector, byId), events, contracts).get(detector.id)!),
            ];
      expect(got, detector.title).to.deep.equal(wanted);
      sum.alerts += wanted.length;
      continue;
    }
    const inputs = huntInputs(detector, events);
    const columns = [...Object.keys(detector.measures), ...Object.keys(detector.derive)];
    const digits = differencesOf(plan, warehouse.dialect.decimalDigits).length > 0 ? LOOKED_UP : undefined;
    const every = detector.schedule?.everyMs ?? 0;
    for (const at of moments(detector)) {
      const run = runsIn(detector, { start: at - every - (detector.schedule?.delayMs ?? 0), end: at }).at(-1);
      if (!run) continue;
      const asked = detector.schedule ? { at } : run;
      const got = rowLines(await warehouse.find(plan, asked), columns, digits);
      const wanted = huntLines(evaluateHunt(detector, inputs, run).rows, columns, digits);
      expect(got, `${detector.title} at ${new Date(at).toISOString()}`).to.deep.equal(wanted);
      sum.rows += wanted.length;
    }
  }
  return sum;
}
