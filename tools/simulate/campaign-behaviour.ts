import type { Course } from './campaign-course';
import { drawn, type Stream } from './campaign-stream';
import type { Logging } from './happening';
import type { Behaviour } from './life';
import { usual } from './ordinary';
import { PROVIDERS } from './providers';
import { bounds, milliseconds, type NumberRange } from './scenario';
import type { Flow, Model } from './world';

/** How whoever is behind a stream behaves in a flow: as its traffic says, and as usual where that says nothing. */
export function behaviourOf(model: Model, stream: Stream, flow: Flow, course: Course): Behaviour {
  const { traffic } = stream;
  const base = usual(model, flow);
  const number = (value: NumberRange | 'usual' | undefined, purpose: string, otherwise: number): number =>
    value === undefined || value === 'usual' ? otherwise : drawn(stream, value, purpose);
  const { protects, limits, closes, sends, vets } = PROVIDERS[flow.provider];
  const by = traffic.blocked?.by ?? 'protection';
  const has = {
    protection: protects,
    spend_limit: limits,
    closed_country: closes,
    send_limit: sends < Infinity,
    fake_signup: vets,
  };
  const guard = has[by] ? traffic.blocked : undefined;
  const guardedAfter = guard ? milliseconds(guard.after) : Infinity;
  const { captcha_stops: stops = 0 } = traffic;
  const captcha =
    typeof stops === 'number'
      ? { after: -Infinity, share: stops }
      : { share: stops.share, after: milliseconds(stops.after) };
  return {
    looks: traffic.looks ?? base.looks,
    stopped: (time) => (time >= course.since + captcha.after ? captcha.share : 0),
    answers: number(traffic.answers, 'answers', base.answers),
    guesses: traffic.guesses ?? 0,
    resend: number(traffic.resends, 'resends', base.resend),
    moreCodes: traffic.more_codes ?? 0,
    patience: traffic.resend_after ? bounds(traffic.resend_after) : base.patience,
    callsFrom: traffic.calls_from ?? Infinity,
    twice: traffic.sends_twice ?? false,
    arrives: traffic.arrives ?? base.arrives,
    late: base.late,
    blocked: (time, attempt) =>
      guard && time >= course.since + guardedAfter && (by !== 'send_limit' || attempt > sends) ? guard.share : 0,
    blockedBy: by,
  };
}

/** What goes wrong with the records of a stream. */
export function loggingOf({ traffic: { logging }, from }: Stream): Logging | null {
  if (!logging) return null;
  const { sources, held_until: held, twice = 0 } = logging;
  return { sources: sources ?? null, heldUntil: held ? from + milliseconds(held) : 0, twice };
}
