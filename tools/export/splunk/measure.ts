import type { Hunt } from '../plan/types';
import { NotExportable } from '../target';
import { columnOf } from './source';
import { identifier, number, ofRowBefore, sorted } from './spl';

type Measure = Hunt['measures'][0];

/** How a measure is taken: steps on the rows of events, then terms of one `stats` by group, then steps on its rows. */
export interface Taken {
  /** Steps that several measures share, which come first: the ranks of the same values. */
  ranks?: string[];
  before: string[];
  terms: string[];
  after: string[];
}

/** The field that says whether a row is of a selection. */
export function selectionFlag(name: string): string {
  return `is_${name}`;
}

/** Whether a row is of a selection and lies in the window or in the baseline; `later`: or within `settle` after it. */
export function within(selection: string, over: Measure['over'], later = false): string {
  return `${selectionFlag(selection)}=1 AND ${over === 'window' ? 'place' : 'place_before'}${later ? '>=1' : '=1'}`;
}

/** Writes a measure. `group` are the fields of the group, with `run`. */
export function taken(hunt: Hunt, group: readonly string[], measure: Measure): Taken {
  const { how, of, also, over, field, percentile = 50 } = measure;
  const name = identifier(measure.name);
  const row = `m_${name}`;
  const here = within(of, over);
  if (how === 'count')
    return { before: [`| eval ${row}=if(${here}, 1, 0)`], terms: [`sum(${row}) AS ${name}`], after: [] };
  if (how === 'gap') {
    const steps = [
      `| eval kept=if(${here}, 1, 0)`,
      sorted([...group], ['kept', 't']),
      ofRowBefore('t', 'earlier', [...group, 'kept']),
      `| eval v=if(kept=1, (t - earlier) / 1000, null())`,
    ];
    return ranked(steps, group, name, percentile);
  }
  const column = columnOf(hunt.contract, field!);
  const value = (where: string) => `if(${where}, ${column.name}, null())`;
  if (how === 'distinct') {
    if (also === undefined)
      return { before: [`| eval ${row}=${value(here)}`], terms: [`dc(${row}) AS ${name}`], after: [] };
    const others = within(also, over, true);
    // What both have is what each has less what one of them has.
    return {
      before: [
        `| eval ${row}=${value(here)}, ${row}_also=${value(others)}, ${row}_any=${value(`(${here}) OR (${others})`)}`,
      ],
      terms: ['', '_also', '_any'].map((part) => `dc(${row}${part}) AS ${row}${part}`),
      after: [`| eval ${name}=${row} + ${row}_also - ${row}_any`],
    };
  }
  if (column.list || column.type === 'text' || column.type === 'boolean')
    throw new NotExportable(`It measures ${field}, which is not a number.`);
  if (how === 'percentile') return ranked([`| eval v=${value(here)}`], group, name, percentile);
  return {
    before: [`| eval ${row}=${value(here)}`],
    terms: [`${how}(${row}) AS ${name}`],
    after: how === 'sum' ? [`| eval ${name}=coalesce(${name}, 0)`] : [],
  };
}

/**
 * A percentile of `v` by linear interpolation between the ranks on both sides; Splunk's own takes the nearest rank
 * (`perc_method`, limits.conf). Rows without a value come first and are not counted.
 */
function ranked(steps: readonly string[], group: readonly string[], name: string, percent: number): Taken {
  const [low, high, at] = [`m_${name}_low`, `m_${name}_high`, `m_${name}_at`];
  return {
    ranks: [
      ...steps,
      '| eval counted=if(isnull(v), 0, 1)',
      sorted([...group], ['counted', 'v']),
      '| accum counted AS row',
      '| eval row=if(isnull(v), null(), row)',
      `| eventstats min(row) AS first_row max(row) AS last_row BY ${group.join(' ')}`,
    ],
    before: [
      `| eval ${at}=${number(percent / 100)} * (last_row - first_row)`,
      `| eval ${low}=if(row - first_row <= ${at}, v, null()), ${high}=if(row - first_row >= ${at}, v, null())`,
    ],
    terms: [`max(${low}) AS ${low}`, `min(${high}) AS ${high}`, `max(${at}) AS ${at}`],
    after: [`| eval ${name}=${low} + (${high} - ${low}) * (${at} - floor(${at}))`],
  };
}
