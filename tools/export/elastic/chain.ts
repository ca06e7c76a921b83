import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import { NotExportable } from '../target';
import { lowerBound } from './bound';
import { columns, joined, pipe } from './commands';
import { countedColumn, refuseMoreThanTwo } from './esql';
import { quote } from './expression';
import { ExportedFields, type Differences } from './fields';
import { candidates, follows, holds, TIMES } from './holds';
import { untold } from './newness';
import { present, readInputs, type Input } from './rows';
import type { Schedule } from './schedule';

/**
 * A temporal correlation over other correlations: in a first round, when the condition of each inner one holds, at which a plain detection holds with
 * one event and no time to wait; in a second round the same over these moments within the outer timespan.
 */
export function esqlChain(
  outer: CorrelationRule,
  inputs: Input[],
  schedule: Schedule,
  differences: Differences,
): string {
  if (outer.type !== 'temporal' && outer.type !== 'temporal_ordered') {
    throw new NotExportable(
      `A correlation of correlations can be temporal or temporal_ordered for Elastic, not ${outer.type}.`,
    );
  }
  for (const input of inputs) refuseMisfit(outer, input);
  const by = columns(outer.groupBy);
  const choose = (of: (inner: CorrelationRule, input: Input) => string, otherwise: string): string => {
    const cases = inputs.flatMap((input) =>
      input.inner ? [`rule == ${quote(input.id)}, ${of(input.inner, input)}`] : [],
    );
    return `CASE(${cases.join(', ')}, ${otherwise})`;
  };
  const rounds = [...by, 'rule', 'member'];
  return pipe([
    ...readInputs(
      inputs,
      true,
      differences,
      inputs.some(({ inner }) => inner?.type === 'event_count'),
    ),
    ...present(outer.groupBy),
    `EVAL member = ${choose(({ groupBy }) => joined(columns(groupBy)), '""')}, counted = ${choose((inner, { bases }) => countedColumn(inner, bases), '""')}`,
    'WHERE member IS NOT NULL AND counted IS NOT NULL',
    TIMES,
    ...candidates(
      rounds,
      choose((inner) => String(lowerBound(inner)), '1'),
      schedule,
    ),
    `EVAL least = ${choose((inner) => String(lowerBound(inner)), '1')}`,
    ...holds([...rounds, 'least'], 'least', `(${choose(({ timespanMs }) => `${timespanMs}`, '0')})`),
    ...outerRound(outer, inputs, by),
  ]);
}

function outerRound(outer: CorrelationRule, inputs: Input[], by: string[]): string[] {
  if (outer.type === 'temporal_ordered') {
    refuseMoreThanTwo(outer);
    return [
      `EVAL ts = met, kind = CASE(rule == ${quote(inputs[0]!.id)}, 1, 2)`,
      ...follows(by, outer.timespanMs),
      ...untold(by, outer.timespanMs),
    ];
  }
  return [
    'EVAL ts = met, counted = rule, total = 1',
    ...holds(by, lowerBound(outer), outer.timespanMs),
    ...untold(by, outer.timespanMs),
  ];
}

function refuseMisfit(outer: CorrelationRule, { inner, bases }: Input): void {
  if (!inner) return;
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
  const lists = [...inner.groupBy, ...(inner.condition.field ?? [])].find((field) =>
    bases.some(({ contract }) => new ExportedFields(contract).get(field).list),
  );
  if (lists !== undefined) throw new NotExportable(`${inner.id} reads ${lists}, which is a list.`);
}
