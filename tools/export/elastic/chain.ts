import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { NotExportable } from '../target';
import { answer, columns, ENDS, grouped, pipe, Windows } from './commands';
import { inOrder, windowDifference } from './esql';
import { identifier, quote } from './expression';
import type { Differences } from './fields';
import { lowerBound, wantsAll } from './bound';
import { present, readInputs, type Input } from './rows';

/** An inner correlation with the windows that it is counted in. */
type Inner = Input & { inner: CorrelationRule; windows: Windows };

/**
 * A temporal correlation over other correlations: in a first round the windows of each inner one are counted, and those in
 * which its condition holds become rows of their own, beside the plain detections; in a second round those rows are looked
 * for within the outer timespan. A burst is known by its first and last event in such a window, not by the moments at which it
 * is one: each of these lies between the two, so the outer windows are longer by the inner ones and none is missed.
 */
export function esqlChain(outer: CorrelationRule, inputs: Input[], differences: Differences): string {
  if (outer.type !== 'temporal' && outer.type !== 'temporal_ordered') {
    throw new NotExportable(
      `A correlation of correlations can be temporal or temporal_ordered for Elastic, not ${outer.type}.`,
    );
  }
  const chained = inputs.flatMap((input): Inner[] =>
    input.inner ? [{ ...input, inner: input.inner, windows: new Windows(input.inner.timespanMs) }] : [],
  );
  for (const { inner } of chained) refuseMisfit(outer, inner);
  const by = columns(outer.groupBy);
  const windows = new Windows(outer.timespanMs, Math.max(...chained.map(({ windows: { length } }) => length)));
  differences.add('finds more', windowDifference(windows, outer.timespanMs));
  differences.add(
    'finds more',
    'A burst counts as all of the time between its first and last event, where the rule takes each moment at which it is one.',
  );
  return pipe([
    ...readInputs(inputs, true, differences),
    ...present(outer.groupBy),
    ...innerWindows(chained),
    grouped('STATS events = COUNT(*), burst_start = MIN(@timestamp), burst_end = MAX(@timestamp)', [
      ...by,
      'rule',
      'member',
      'slot',
      'counted',
    ]),
    grouped(`STATS events = SUM(events), distinct = COUNT(*), ${ENDS}`, [...by, 'rule', 'member', 'slot']),
    `WHERE CASE(${chained.map(holds).join(', ')}, true)`,
    ...windows.commands('burst_end'),
    ...outerCondition(outer, inputs, by, differences),
  ]);
}

/** The first round: to which group of its correlation, which window of it and which counted value a row belongs. */
function innerWindows(chained: Inner[]): string[] {
  const choose = (of: (inner: Inner) => string, otherwise: string): string =>
    `CASE(${chained.map((inner) => `rule == ${quote(inner.id)}, ${of(inner)}`).join(', ')}, ${otherwise})`;
  const columnsOf = [
    `member = ${choose(({ inner }) => joined(inner.groupBy), '""')}`,
    `counted = ${choose(({ inner }) => joined(inner.condition.field ?? []), '""')}`,
  ];
  return [
    `EVAL ${columnsOf.join(', ')}`,
    'WHERE member IS NOT NULL AND counted IS NOT NULL',
    `EVAL slide = ${choose(({ windows }) => windows.slides, '0')}`,
    'MV_EXPAND slide',
    `EVAL slot = ${choose(({ windows }) => windows.slot('@timestamp'), 'TO_LONG(@timestamp)')}`,
  ];
}

function holds({ id, inner }: Inner): string {
  const value = inner.type === 'value_count' ? 'distinct' : 'events';
  return `rule == ${quote(id)}, ${value} >= ${lowerBound(inner)}`;
}

function outerCondition(outer: CorrelationRule, inputs: Input[], by: string[], differences: Differences): string[] {
  if (outer.type === 'temporal_ordered') {
    wantsAll(outer);
    return [
      ...inOrder(
        inputs.map(({ id }) => id),
        by,
        differences,
      ),
      ...answer('matched_events', by),
    ];
  }
  return [
    grouped(`STATS ${ENDS}`, [...by, 'slot', 'rule']),
    grouped(`STATS distinct_values = COUNT(*), ${ENDS}`, [...by, 'slot']),
    `WHERE distinct_values >= ${lowerBound(outer)}`,
    ...answer('distinct_values', by),
  ];
}

function refuseMisfit(outer: CorrelationRule, inner: CorrelationRule): void {
  if (inner.type !== 'event_count' && inner.type !== 'value_count') {
    throw new NotExportable(
      `In a correlation of correlations, ${inner.id} can be event_count or value_count for Elastic, not ${inner.type}.`,
    );
  }
  if (Object.keys(outer.aliases).length + Object.keys(inner.aliases).length > 0) {
    throw new NotExportable('A correlation of correlations with aliases is not written for Elastic.');
  }
  const foreign = outer.groupBy.find((field) => !inner.groupBy.includes(field));
  if (foreign !== undefined) {
    throw new NotExportable(
      `It groups by ${foreign}, which ${inner.id} does not group by, so one burst can have several.`,
    );
  }
  if (inner.timespanMs > outer.timespanMs) {
    throw new NotExportable(`The timespan of ${inner.id} is longer than its own.`);
  }
}

/** Several fields as one text; null where one is missing. */
function joined(fields: readonly string[]): string {
  const texts = fields.map((field) => `TO_STRING(${identifier(field)})`);
  const [first = '""', ...rest] = texts;
  return rest.length === 0 ? first : `CONCAT(${[first, ...rest.flatMap((text) => ['" "', text])].join(', ')})`;
}
