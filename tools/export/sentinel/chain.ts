import type { SlidingWindow } from '../plan/types';
import { wantsAll } from '../sql/chain';
import { NotExportable } from '../target';
import { same, sorted, type LetSteps } from './kql';

/**
 * The steps at which a whole chain in the written order lies in the window, as rows of the group, `t`, `value` and `until`. `scan` keeps, of the chains of
 * each length that ended so far, when the latest began: a chain lies in a window exactly if it begins in it.
 */
export function chainRows(steps: LetSteps, window: SlidingWindow, g: string[], members: string): string {
  const { quantity, timespanMs } = window;
  const rules = quantity.kind === 'ordered' ? quantity.rules : 0;
  if (!wantsAll(window, rules))
    throw new NotExportable('It is met by a part of the order; only whole chains are written.');
  const begun = Array.from({ length: rules }, (_, index) => `b${index + 1}`);
  const kept = (name: string) =>
    `iff(${g.map((column) => `s.${column} == ${column}`).join(' and ')}, s.${name}, long(null))`;
  const values = begun.map(
    (name, index) => `${name} = iff(rule == ${index}, ${index === 0 ? 't' : kept(begun[index - 1]!)}, ${kept(name)})`,
  );
  return steps.add(
    'Held',
    [
      members,
      sorted([...g, 't', 'rule']),
      `| scan declare (${begun.map((name) => `${name}: long`).join(', ')}) with (step s: true => ${values.join(', ')};)`,
      `| summarize begun = max(b${rules}) by ${[...g, 't'].join(', ')}`,
      `| where begun >= t - ${timespanMs}`,
      sorted([...g, 't']),
      `| extend until = iff(${same(g, 'next')}, min_of(begun + ${timespanMs}, next(t) - 1), begun + ${timespanMs})`,
      `| project ${[...g, 't', `value = ${rules}`, 'until'].join(', ')}`,
    ].join('\n'),
  );
}
