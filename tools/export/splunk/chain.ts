import type { SlidingWindow } from '../plan/types';
import { wantsAll } from '../sql/chain';
import { NotExportable } from '../target';
import { ofRowBefore, sorted } from './spl';

/**
 * The steps at which a whole chain in the written order lies in the window. `b1`, `b2` … hold, of the chains of each length that ended so far, when the latest
 * began: a chain lies in a window exactly if it begins in it. A later match of a rule never has an earlier beginning, so that the last is the latest, and
 * `filldown` keeps it until the group ends.
 */
export function chainSteps(window: SlidingWindow, g: readonly string[]): string[] {
  const { quantity, timespanMs } = window;
  const rules = quantity.kind === 'ordered' ? quantity.rules : 0;
  if (!wantsAll(window, rules))
    throw new NotExportable('It is met by a part of the order; only whole chains are written.');
  const group = ['run', ...g];
  const begun = Array.from({ length: rules }, (_, rule) => {
    const from = rule === 0 ? 't' : `b${rule}`;
    return [`| eval b${rule + 1}=case(rule=${rule}, ${from}, isnull(earlier), 0 - 1)`, `| filldown b${rule + 1}`];
  });
  return [
    sorted(group, ['t', 'rule']),
    ofRowBefore('t', 'earlier', group),
    ...begun.flat(),
    `| stats max(b${rules}) AS begun BY ${group.join(' ')} t`,
    `| where begun >= t - ${timespanMs}`,
    sorted(group, ['t']),
    `| eval met=1, value=${rules}`,
  ];
}
