import { drawn, type Stream } from './campaign-stream';
import type { Logging } from './happening';
import type { Behaviour } from './life';
import { usual } from './ordinary';
import { PROVIDERS } from './providers';
import { milliseconds, type NumberRange } from './scenario';
import type { Flow, Model } from './world';

/** How whoever is behind a stream behaves in a flow: as its traffic says, and as usual where that says nothing. */
export function behaviourOf(model: Model, stream: Stream, flow: Flow): Behaviour {
  const { traffic, from } = stream;
  const base = usual(model, flow);
  const number = (value: NumberRange | 'usual' | undefined, purpose: string, otherwise: number): number =>
    value === undefined || value === 'usual' ? otherwise : drawn(stream, value, purpose);
  const { protects, limits, closes, sends } = PROVIDERS[flow.provider];
  const by = traffic.blocked?.by ?? 'protection';
  const has = { protection: protects, spend_limit: limits, closed_country: closes, send_limit: sends < Infinity };
  const guard = has[by] ? traffic.blocked : undefined;
  const guarded = guard ? from + milliseconds(guard.after) : Infinity;
  return {
    looks: traffic.looks ?? base.looks,
    stopped: traffic.captcha_stops ?? 0,
    answers: number(traffic.answers, 'answers', base.answers),
    resend: number(traffic.resends, 'resends', base.resend),
    moreCodes: traffic.more_codes ?? 0,
    callsFrom: traffic.calls_from ?? Infinity,
    twice: traffic.sends_twice ?? false,
    arrives: traffic.arrives ?? base.arrives,
    blocked: (time, attempt) =>
      guard && time >= guarded && (by !== 'send_limit' || attempt > sends) ? guard.share : 0,
    blockedBy: by,
  };
}

/** What goes wrong with the records of a stream. */
export function loggingOf({ traffic: { logging }, from }: Stream): Logging | null {
  if (!logging) return null;
  const { sources, held_until: held, twice = 0 } = logging;
  return { sources: sources ?? null, heldUntil: held ? from + milliseconds(held) : 0, twice };
}
