import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Misfit } from '../foundation/content/misfit';
import { MINUTE } from './curve';
import { CODE_LIFE } from './life';
import { bounds } from './scenario';
import type { HeavyUser, World } from './world';

type Path = (string | number)[];

/** What is wrong with a world's heavy users that its schema can't say. */
export function heavyMisfits(world: World): Misfit[] {
  return Object.entries(world.heavy_users ?? {}).flatMap(([name, user]) => [
    ...flowMisfits(user, ['heavy_users', name], world),
    ...rangeMisfits(user, ['heavy_users', name]),
    ...waitMisfits(user, ['heavy_users', name]),
  ]);
}

function flowMisfits({ flow, clients, answers, looks }: HeavyUser, path: Path, { flows }: World): Misfit[] {
  const there = flows[flow];
  if (!there) {
    const message = `there is no flow '${flow}'`;
    return [{ path: [...path, 'flow'], code: 'unknown-flow', message, hint: didYouMean(flow, Object.keys(flows)) }];
  }
  if (there.purpose === 'notification' && answers !== undefined) {
    const message = `flow '${flow}' has no code that could come back`;
    return [{ path: [...path, 'answers'], part: 'key', code: 'wrong-value', message, hint: 'leave it out' }];
  }
  if (there.paths || (!clients && looks === undefined)) return [];
  const message = `flow '${flow}' has no form, so nobody is seen at it`;
  const at = clients ? 'clients' : 'looks';
  return [{ path: [...path, at], part: 'key', code: 'wrong-value', message, hint: 'leave it out' }];
}

function rangeMisfits({ lasts, visits_per_hour: rate, resend_after: wait }: HeavyUser, path: Path): Misfit[] {
  const ranges: [string, readonly [number, number] | undefined][] = [
    ['lasts', lasts === undefined ? undefined : bounds(lasts)],
    ['visits_per_hour', typeof rate === 'number' ? undefined : rate],
    ['resend_after', wait === undefined ? undefined : bounds(wait)],
  ];
  return ranges
    .filter(([, range]) => range && range[1] < range[0])
    .map(([key]) => ({
      path: [...path, key],
      code: 'end-before-start',
      message: `the second value of '${key}' is below the first`,
      hint: 'give the lower one first',
    }));
}

function waitMisfits({ more_codes: more = 0, resend_after: wait = ['30s', '75s'] }: HeavyUser, path: Path): Misfit[] {
  const longest = more * bounds(wait)[1];
  if (longest <= CODE_LIFE) return [];
  const message = `its last code is asked for ${Math.round(longest / MINUTE)} minutes after the first, which is dead by then`;
  const hint = 'a code lives ten minutes: fewer codes, a shorter resend_after, or more visits';
  return [{ path: [...path, 'more_codes'], code: 'wrong-value', message, hint }];
}
