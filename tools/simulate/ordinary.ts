import { changeHappenings, inOfficeHours } from './admin';
import { DAY, MINUTE, minuteShare } from './curve';
import type { Happening, Visit } from './happening';
import type { Entrance } from './way';
import { live, PATIENCE, type Behaviour } from './life';
import { pick, poisson } from './math';
import { newcomer, subscriber, withClient, type Person } from './person';
import { below, child, unit, type Key } from './random';
import type { Troubled } from './trouble';
import type { Label } from './types';
import { asksAccount, type Flow, type Model } from './world';

/** What begins at a time: a visit, or an administrator's act. Sources of these are merged into one stream. */
export interface Beginning {
  time: number;
  /** Everything that comes of it; none lies before `time`. */
  happenings(): Happening[];
}

export const ORDINARY: Label = { kind: 'benign', occurrence: 0 };

/** The day-to-day traffic of a world from one time to another, in the order of time, with what troubles it. `scale` multiplies its volume. */
export function* ordinaryVisits(
  model: Model,
  from: number,
  to: number,
  scale: number,
  troubles: Troubled[] = [],
): Generator<Beginning> {
  const { world } = model;
  const sending = visitsForSends(world.sends_per_day * scale, model);
  const hasForm = model.forms.flows.length > 0;
  const looking = hasForm ? world.sends_per_day * scale * world.background.visitors_per_send : 0;
  const bots = hasForm ? world.background.stopped_bots_per_day * scale : 0;
  for (let minute = from; minute < to; minute += MINUTE) {
    const share = minuteShare(world.curve, world.utc_offset_minutes, minute);
    const slot = child(model.key, 'minute', Math.floor(minute / MINUTE));
    yield* inOrder([
      ...arrivals(child(slot, 'sending'), minute, share * sending, (key, time) => visit(model, key, time, troubles)),
      ...arrivals(child(slot, 'looking'), minute, share * looking, (key, time) => onlooker(model, key, time)),
      // Bots keep no office hours.
      ...arrivals(child(slot, 'bots'), minute, bots / 1440, (key, time) => bot(model, key, time)),
    ]);
  }
}

/** The routine acts of a world's administrators, in the order of time. */
export function* routineChanges(model: Model, from: number, to: number): Generator<Beginning> {
  for (let day = Math.floor(from / DAY) * DAY; day < to; day += DAY) {
    const acts: Beginning[] = [];
    for (const [index, change] of model.world.routine.entries()) {
      const key = child(child(model.key, 'routine', index), 'day', day / DAY);
      const count = poisson(change.per_week / 7, (i) => unit(key, 'count', i));
      for (let n = 0; n < count; n++) {
        const act = child(key, 'act', n);
        const time = change.by === 'automation' ? day + below(act, 'time', DAY) : inOfficeHours(model, day, act);
        if (time < from || time >= to) continue;
        acts.push({ time, happenings: () => changeHappenings(model, change, time, act, ORDINARY) });
      }
    }
    yield* inOrder(acts);
  }
}

/** How many visits make so many sends. */
function visitsForSends(sends: number, model: Model): number {
  return sends / model.flows.all.reduce((sum, { share, resend = 0 }) => sum + share * (1 + resend), 0);
}

/** Visits at random times of a minute, `mean` of them on average. */
export function arrivals(
  slot: Key,
  minute: number,
  mean: number,
  begin: (key: Key, time: number) => Happening[],
): Beginning[] {
  const count = poisson(mean, (i) => unit(slot, 'count', i));
  return Array.from({ length: count }, (_, i) => {
    const key = child(slot, 'arrival', i);
    const time = minute + below(key, 'time', MINUTE);
    return { time, happenings: () => begin(key, time) };
  });
}

export function inOrder(beginnings: Beginning[]): Beginning[] {
  return beginnings.sort((a, b) => a.time - b.time);
}

function visit(model: Model, key: Key, time: number, troubles: Troubled[]): Happening[] {
  const flow = model.flows.all[pick(model.flows.shares, unit(key, 'flow'))]!;
  return ordinaryVisit(model, key, time, flow, personFor(model, flow, key, time), usual(model, flow), troubles);
}

/** All that comes of an ordinary visit; whose it is where something troubles ordinary traffic, that says. */
export function ordinaryVisit(
  model: Model,
  key: Key,
  time: number,
  flow: Flow,
  person: Person,
  behaviour: Behaviour,
  troubles: Troubled[],
): Happening[] {
  const entry: Entrance = flow.paths ? 'form' : 'application';
  const trouble = troubles.find((one) => one.from <= time && time < one.to && one.meets(flow, person));
  return live(
    model,
    newVisit(key, trouble?.label ?? ORDINARY, entry, flow, person, tenantFor(model, key)),
    time,
    trouble?.under(behaviour) ?? behaviour,
  );
}

/** New accounts are opened by newcomers, who also use forms that ask for none; everything else is done by people who have one. A message that the product sends by itself has no client. */
export function personFor(model: Model, flow: Flow, key: Key, time: number): Person {
  const person = asksAccount(flow) ? subscriber(model, key, time) : newcomer(model, key, time);
  return flow.paths ? person : withClient(person, null);
}

/** A visit at one of the world's assets that has not begun. */
export function newVisit(key: Key, label: Label, entry: Entrance, flow: Flow, person: Person, tenant: number): Visit {
  return {
    key,
    label,
    entry,
    flow,
    person,
    tenant,
    sends: [],
    looked: false,
    verifiedAt: null,
    deliveryLogged: true,
    logging: null,
  };
}

/** At which of the world's assets somebody is. */
function tenantFor({ tenants }: Model, key: Key): number {
  return tenants.length === 1 ? 0 : pick(tenants, unit(key, 'tenant'));
}

/** Ours: of those whom a code let in, the part that then does what it came for. */
const USES = 0.8;

/** How people use a flow of this world. */
export function usual(model: Model, flow: Flow): Behaviour {
  const { arrives } = model.world;
  const resend = flow.resend ?? 0;
  // `conversion` is verified ÷ sent; a visit has more than one send, and not every message arrives.
  const answers = Math.min(0.99, ((flow.conversion ?? 0) * (1 + resend)) / arrives);
  return {
    looks: true,
    stopped: () => 0,
    answers,
    uses: USES,
    guesses: 0,
    resend,
    moreCodes: 0,
    patience: PATIENCE,
    callsFrom: Infinity,
    twice: false,
    arrives,
    late: null,
    blocked: () => 0,
    blockedBy: 'protection',
  };
}

/** Looks at a form and leaves: the step where 20 to 30 % of people drop out (IDlayr). */
function onlooker(model: Model, key: Key, time: number): Happening[] {
  const flow = formFlow(model, key);
  const visit = newVisit(key, ORDINARY, 'form', flow, newcomer(model, key, time), tenantFor(model, key));
  return [{ kind: 'page', time, key, step: 0, label: ORDINARY, visit, path: flow.paths!.page }];
}

/** A bot that the CAPTCHA stops. */
function bot(model: Model, key: Key, time: number): Happening[] {
  const flow = formFlow(model, key);
  const visit = newVisit(key, ORDINARY, 'form', flow, newcomer(model, key, time), tenantFor(model, key));
  return live(model, visit, time, { ...usual(model, flow), stopped: () => 1 });
}

/** One of the flows that have a form, by their shares. */
function formFlow(model: Model, key: Key): Flow {
  return model.forms.flows[pick(model.forms.shares, unit(key, 'form'))]!;
}
