import { DAY, EPOCH, HOUR, MINUTE } from '../../simulate/curve';
import type { Happening, Visit } from '../../simulate/happening';
import { ordinaryVisits } from '../../simulate/ordinary';
import { modelOf, type Model, type World } from '../../simulate/world';
import { Reservoir } from './reservoir';

/** So many sends at least are looked at, in whole weeks; one Monday of a world that has more a day. */
const SENDS = 20_000;
const TIMES_KEPT = 5000;

/** A count of things that have a property, among all of their kind. */
export class Share {
  of = 0;
  all = 0;

  add(has: boolean): void {
    this.all++;
    if (has) this.of++;
  }

  /** Null where there was none of the kind. */
  get value(): number | null {
    return this.all === 0 ? null : this.of / this.all;
  }
}

/** How many days of a world are looked at. */
export function daysOf(world: World): number {
  return world.sends_per_day >= SENDS ? 1 : 7 * Math.ceil(SENDS / (7 * world.sends_per_day));
}

/** What ordinary people do in a world, before any log renders it: the same for all of its sources. */
export class OrdinaryTraffic {
  readonly model: Model;
  sends = 0;
  /** Visits that had a message sent. */
  sessions = 0;
  /** Verified ÷ sent, where anybody is asked to verify. */
  readonly converted = new Share();
  readonly askedAgain = new Share();
  /** Of the sessions whose first, or first two, messages did not arrive: those that asked for one more. */
  readonly afterFailure = [new Share(), new Share()] as const;
  readonly delivered = new Share();
  /** Of the people that saw a form, those that posted nothing. */
  readonly left = new Share();
  /** Of what was posted to the forms, what the CAPTCHA stopped. */
  readonly stopped = new Share();
  /** From the send to the phone, ms. */
  readonly delays: Reservoir<number>;
  readonly hours = new Array<number>(24).fill(0);
  readonly countries = new Map<string, number>();
  readonly blocks = new Map<string, number>();
  readonly agents = new Map<string, number>();
  /** Of the clients that posted to a form, those behind a carrier's shared address. */
  readonly shared = new Share();
  /** The most people that were seen behind one carrier's address on one day. */
  mostBehindAddress = 0;
  private today = -1;
  private readonly behind = new Map<string, Set<string>>();

  constructor(
    readonly world: World,
    seed: number,
  ) {
    this.model = modelOf(world, seed);
    this.delays = new Reservoir(`delays in ${world.name}`, TIMES_KEPT);
    const midnight = EPOCH - world.utc_offset_minutes * MINUTE;
    for (const { time, happenings } of ordinaryVisits(this.model, midnight, midnight + daysOf(world) * DAY, 1))
      this.add(time - midnight, happenings());
  }

  /** `time`: local, ms since the first midnight. */
  private add(time: number, happenings: Happening[]): void {
    const [first] = happenings;
    if (!first || first.kind === 'change') return;
    const { visit } = first;
    const request = happenings.find((one) => one.kind === 'request');
    if (request) this.stopped.add(request.stopped !== null);
    if (request?.stopped != null) return;
    if (visit.entry === 'form') this.left.add(!request);
    if (visit.sends.length === 0) return;
    this.addSession(visit);
    this.hours[Math.floor(time / HOUR) % 24]! += visit.sends.length;
    this.addClient(visit, Math.floor(time / DAY));
  }

  private addSession(visit: Visit): void {
    const { sends, flow, person } = visit;
    this.sessions++;
    this.sends += sends.length;
    if (flow.conversion !== undefined)
      for (let n = 0; n < sends.length; n++) this.converted.add(n === 0 && visit.verifiedAt !== null);
    // A notification that nobody answers can't be asked for again.
    if (flow.paths) this.askedAgain.add(sends.length > 1);
    for (const [failures, asked] of this.afterFailure.entries())
      if (
        flow.paths &&
        sends.length > failures &&
        sends.slice(0, failures + 1).every(({ outcome }) => outcome === 'undelivered')
      )
        asked.add(sends.length > failures + 1);
    for (const send of sends) {
      this.delivered.add(send.outcome === 'delivered');
      if (send.outcome === 'delivered') this.delays.offer(() => send.doneAt - send.time);
    }
    count(this.countries, person.country, sends.length);
    count(this.blocks, person.number.slice(0, -4), sends.length);
  }

  private addClient({ person }: Visit, day: number): void {
    if (!person.client) return;
    const { address, userAgent } = person.client;
    count(this.agents, userAgent, 1);
    const isShared = address.startsWith('100.');
    this.shared.add(isShared);
    if (!isShared) return;
    if (day !== this.today) this.behind.clear();
    this.today = day;
    let people = this.behind.get(address);
    if (!people) this.behind.set(address, (people = new Set()));
    people.add(person.number);
    this.mostBehindAddress = Math.max(this.mostBehindAddress, people.size);
  }
}

function count<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
