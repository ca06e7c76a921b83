import type { SlidingWindow } from '../plan/types';
import { groupColumns } from '../sql/group';
import { NotExportable } from '../target';
import { chainSteps } from './chain';
import { memberSteps, type Sight } from './members';
import { met, sweepSteps } from './quantity';
import type { Shapes } from './records';
import { KNOW_RUN, RUN_AT } from './schedule';
import { ofRowBefore, sorted } from './spl';

/** Later than any time, in milliseconds, and later than that. */
const NEVER = 8_000_000_000_000_000;
const AFTER = 9_000_000_000_000_000;

/**
 * The steps of a window, as rows of `run`, the group, `t`, `value`, and `met`: 1 where its condition holds and 0 where it ceases. In order of the group and of time.
 */
export function heldSteps(window: SlidingWindow, shapes: Shapes, sight: Sight): string[] {
  if (window.silent)
    throw new NotExportable('It alerts when something is missing, and a search finds only what is there.');
  const members = memberSteps(window, shapes, sight, heldSteps);
  const g = groupColumns(window);
  if (window.op === 'chain') return [...members, ...chainSteps(window, g)];
  return [...members, ...sweepSteps(window, g), `| eval met=${met(window.condition)}`, '| where step=1 OR met=0'];
}

/**
 * The episodes, as rows of `run`, the group, `started`, `until` and the `value` at the start. A group is armed again after more than one timespan without.
 * `since` is how far back steps count, in milliseconds before the run.
 */
export function episodeSteps(window: SlidingWindow, shapes: Shapes, sight: Sight, sinceMs: number): string[] {
  const group = ['run', ...groupColumns(window)];
  const isChain = window.op === 'chain';
  return [
    ...heldSteps(window, shapes, sight),
    KNOW_RUN,
    `| where t >= ${RUN_AT} - ${sinceMs}`,
    ofRowBefore(isChain ? 'begun' : 'met', 'earlier', group),
    // The last time before this row at which the condition held: -1 where a group begins.
    isChain
      ? `| eval held=if(isnull(earlier), 0 - 1, min(earlier + ${window.timespanMs}, t - 1)), ended=begun + ${window.timespanMs}`
      : '| eval held=case(isnull(earlier), 0 - 1, earlier=1, t - 1), ended=if(earlier=1, t - 1, null())',
    '| filldown held',
    `| eval starts=if(met=1 AND t - held > ${window.timespanMs}, 1, 0)`,
    '| accum starts AS episode',
    '| eval met_at=if(met=1, t, null()), first_value=if(starts=1, value, null())',
    `| stats min(met_at) AS started max(first_value) AS value max(ended) AS until BY ${group.join(' ')} episode`,
    '| where isnotnull(started)',
    `| eval until=coalesce(until, ${NEVER})`,
  ];
}

/** Of the episodes, those that touch none of the run before: what had begun then has been told. */
export function newEpisodeSteps({ timespanMs, ...window }: SlidingWindow): string[] {
  const g = groupColumns({ timespanMs, ...window });
  return [
    '| eval told_until=if(run="before", until, null()), told_next=if(run="before", started, null())',
    // "before" stands before "now" where both begin at once.
    `| eval order=if(run="before", 0, 1)`,
    sorted(g, ['started', 'order']),
    ofRowBefore('run', 'earlier', g),
    '| eval told_until=if(isnull(earlier), coalesce(told_until, 0 - 1), told_until)',
    '| filldown told_until',
    '| reverse',
    ofRowBefore('run', 'later', g),
    `| eval told_next=if(isnull(later), coalesce(told_next, ${AFTER}), told_next)`,
    '| filldown told_next',
    `| where run="now" AND started - told_until > ${timespanMs} AND told_next - until > ${timespanMs}`,
  ];
}
