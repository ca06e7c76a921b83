import type { SlidingWindow } from '../plan/types';
import { NotExportable } from '../target';
import { lowerBound, refuseMoreThanTwo } from './bound';
import { columns, joined, pipe } from './commands';
import type { Differences } from '../lucene/fields';
import { candidates, follows, holds } from './holds';
import type { Input } from './inputs';
import { timesOf, untold } from './newness';
import { isList, namedAlike, numberOf, present, readInputs } from './rows';
import type { Schedule } from '../schedule';

type Inner = NonNullable<Input['inner']>;

/**
 * A temporal correlation over other correlations: in a first round, when the condition of each inner one holds, at which a plain detection holds with
 * one event and no time to wait; in a second round the same over these moments within the outer timespan.
 */
export function esqlChain(
  outer: SlidingWindow,
  inputs: readonly Input[],
  schedule: Schedule,
  differences: Differences,
): string {
  for (const input of inputs) refuseMisfit(input);
  const by = columns(outer.by);
  const choose = (of: (inner: Inner, input: Input) => string, otherwise: string): string => {
    const cases = inputs.flatMap((input) =>
      input.inner ? [`rule == ${numberOf(input)}, ${of(input.inner, input)}`] : [],
    );
    return `CASE(${cases.join(', ')}, ${otherwise})`;
  };
  const rounds = [...by, 'rule', 'member'];
  const least = choose(({ window }) => String(lowerBound(window)), '1');
  return pipe([
    ...readInputs(
      inputs,
      differences,
      inputs.some(({ inner }) => inner?.window.quantity.kind === 'events'),
    ),
    ...namedAlike(inputs, outer.by, (input) => input.by),
    ...present(outer.by),
    `EVAL member = ${choose((inner) => joined(columns(inner.by)), '""')}, counted = ${choose(countedColumn, '""')}`,
    'WHERE member IS NOT NULL AND counted IS NOT NULL',
    timesOf(schedule),
    ...candidates(rounds, least),
    `EVAL least = ${least}`,
    ...holds([...rounds, 'least'], 'least', `(${choose(({ window }) => `${window.timespanMs}`, '0')})`),
    ...outerRound(outer, inputs, by),
    ...untold(by, outer.timespanMs),
  ]);
}

/** What an inner window counts, as one text. Two indices may have the same id. */
function countedColumn({ window, values }: Inner, { sources }: Input): string {
  if (window.quantity.kind === 'distinct') return joined(columns(values));
  return new Set(sources.map(({ contract }) => contract)).size > 1 ? 'CONCAT(_index, " ", _id)' : '_id';
}

function outerRound(outer: SlidingWindow, inputs: readonly Input[], by: string[]): string[] {
  const { quantity, timespanMs } = outer;
  switch (quantity.kind) {
    case 'ordered':
      refuseMoreThanTwo(outer, quantity.rules);
      return [`EVAL ts = met, kind = CASE(rule == ${numberOf(inputs[0]!)}, 1, 2)`, ...follows(by, timespanMs)];
    case 'rules':
      return ['EVAL ts = met, counted = TO_STRING(rule)', ...holds(by, lowerBound(outer), timespanMs)];
    default:
      throw new NotExportable('A correlation of correlations can be temporal or temporal_ordered for Elastic.');
  }
}

function refuseMisfit({ inner, sources }: Input): void {
  if (!inner) return;
  const { window, by, values } = inner;
  if (window.quantity.kind !== 'events' && window.quantity.kind !== 'distinct') {
    throw new NotExportable(
      'In a correlation of correlations, the inner ones can be event_count or value_count for Elastic.',
    );
  }
  const list = [...by, ...values].find((field) => sources.some(({ contract }) => isList(contract, field)));
  if (list !== undefined) throw new NotExportable(`A correlation in a correlation reads ${list}, which is a list.`);
}
