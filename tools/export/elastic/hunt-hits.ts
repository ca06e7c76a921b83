import type { Hunt } from '../plan/types';

type HuntMeasure = Hunt['measures'][0];

/** 0: the run now; 1: the one before. */
export type Pass = 0 | 1;

/** A column that says whether an event is one of a selection in a part of a run's time. */
export interface PartColumn {
  name: string;
  test: string;
  selection: string;
  over: HuntMeasure['over'];
  role: 'of' | 'also';
  pass: Pass;
}

/** Every such column that the measures of a query need. The runs are expressions of epoch milliseconds; `ts` and `seen` are columns of the event. */
export function writeHits(hunt: Hunt, runs: { at: string; from: string; to: string }[]): PartColumn[] {
  const hits: PartColumn[] = [];
  runs.forEach(({ at, from, to }, pass) => {
    hunt.selections.forEach(({ name: selection }, place) => {
      for (const over of ['window', 'baseline'] as const)
        for (const role of ['of', 'also'] as const) {
          if (!hunt.measures.some((one) => one.over === over && one[role] === selection)) continue;
          const [begin, end] = over === 'window' ? [from, to] : [`${from} - ${hunt.baselineMs}`, from];
          const late = role === 'also' ? ` + ${hunt.settleMs}` : '';
          hits.push({
            name: `hit_${hits.length}`,
            test: `chosen_${place} AND seen <= ${at} AND ts >= ${begin} AND ts < ${end}${late}`,
            selection,
            over,
            role,
            pass: pass as Pass,
          });
        }
    });
  });
  return hits;
}

/** The columns of a measure in a run: of the events that are measured, and of those that `also` asks for. */
export function measuredHits({ of, also, over }: HuntMeasure, hits: readonly PartColumn[], pass: Pass): string[] {
  const column = (role: PartColumn['role'], selection: string): string =>
    hits.find((hit) => hit.pass === pass && hit.over === over && hit.role === role && hit.selection === selection)!
      .name;
  return [column('of', of), ...(also === undefined ? [] : [column('also', also)])];
}
