import { NotExportable } from '../target';
import type { SlidingWindow } from '../plan/types';
import { lowerBound, refuseMoreThanTwo } from './bound';
import { esqlChain } from './chain';
import { columns, joined, pipe } from './commands';
import type { Differences } from '../lucene/fields';
import { candidates, follows, holds, holdsEvents } from './holds';
import { inputsOf, valueNames, type Input } from './inputs';
import { timesOf, untold } from './newness';
import { listsApart, namedAlike, numberOf, present, readInputs } from './rows';
import type { Schedule } from '../schedule';
import { esqlSum } from './sum';

/** The query of a window: a row for each group in which its condition holds and has not been told. Throws `NotExportable`. */
export function esqlWindow(window: SlidingWindow, schedule: Schedule, differences: Differences): string {
  const inputs = inputsOf(window);
  if (inputs.some(({ inner }) => inner)) return esqlChain(window, inputs, schedule, differences);
  const by = columns(window.by);
  const { quantity, timespanMs } = window;
  const rows = matches(window, inputs, differences);
  const told = untold(by, timespanMs);
  switch (quantity.kind) {
    case 'events':
      return pipe([...rows, timesOf(schedule), ...holdsEvents(by, lowerBound(window), timespanMs), ...told]);
    case 'distinct': {
      const counted = `EVAL counted = ${joined(columns(valueNames(inputs)))}`;
      return pipe([...rows, counted, timesOf(schedule), ...least(by, window), ...told]);
    }
    case 'rules':
      return pipe([...rows, 'EVAL counted = TO_STRING(rule)', timesOf(schedule), ...least(by, window), ...told]);
    case 'ordered': {
      refuseMoreThanTwo(window, quantity.rules);
      const kind = `EVAL kind = CASE(counted == "${numberOf(inputs[0]!)}", 1, 2)`;
      const found = [...candidates(by, 2), kind, ...follows(by, timespanMs)];
      return pipe([...rows, 'EVAL counted = TO_STRING(rule)', timesOf(schedule), ...found, ...told]);
    }
    case 'sum':
      return pipe([...rows, ...esqlSum(window, inputs, schedule, differences), ...told]);
    case 'mean':
    case 'percentile':
      throw new NotExportable(
        `A ${quantity.kind} rises and falls as a window grows, so a longer window would miss some.`,
      );
    default:
      return quantity satisfies never;
  }
}

function least(by: readonly string[], window: SlidingWindow): string[] {
  const bound = lowerBound(window);
  return [...candidates(by, bound), ...holds(by, bound, window.timespanMs)];
}

/** A row for each match of the window's rules that has a group and what is counted, by the window's names. */
function matches(window: SlidingWindow, inputs: readonly Input[], differences: Differences): string[] {
  const values = valueNames(inputs);
  return [
    ...readInputs(inputs, differences),
    ...namedAlike(inputs, window.by, ({ by }) => by),
    ...namedAlike(inputs, values, (input) => input.values),
    ...present([...window.by, ...values]),
    ...listsApart(
      inputs.flatMap(({ sources }) => sources),
      values,
    ),
  ];
}
