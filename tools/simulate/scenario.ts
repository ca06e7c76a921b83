import type { Signal } from '../telemetry/contract';
import type { Network } from './addresses';
import type { AdministratorAct } from './change';
import type { Entrance, Guard, Provider } from './way';

/** One duration, or the shortest and the longest between which the seed decides. */
export type DurationRange = string | [string, string];

/** An actor's behaviour in a world, as its file in `datasets/benign/` or `datasets/malicious/` has it. */
export interface Scenario {
  /** The file name without `.yml`. */
  name: string;
  file: string;
  /** Worlds of another folder that lack what it names, such as a flow: it does not occur there. */
  unfit?: string[];
  title: string;
  /** Who does what, and why. */
  description: string;
  kind: 'benign' | 'malicious';
  references: string[];
  /** Benign: how often a business meets it. */
  exposure?: { per_year: number };
  /** Benign: why no log tells it from a campaign, where that is so; it may then be an incident at high. */
  indistinguishable?: string;
  /** It does not occur in a world that lacks one of these. */
  requires?: { runs?: 'lookup'[]; sources?: string[]; flows?: string[]; tenants?: string[]; sends_per_day?: number };
  /** Malicious: all that may tell its records from ordinary ones of the same step. */
  signals?: Signal[];
  /** A benign scenario inside which it hides; its start is then relative to that one's start. */
  within?: string;
  /** Local day (0 is the first measured one) and hour, or how long after `within` began. */
  start: { day: [number, number]; hour: [number, number] } | { after: [string, string] };
  duration: DurationRange;
  traffic: ScenarioTraffic[];
  /** Malicious: what the attack makes honest people do. */
  provokes?: ScenarioTraffic[];
  changes?: AdministratorAct[];
  /** Benign: what happens to ordinary traffic. */
  ordinary?: Trouble[];
}

/** What becomes of the messages of ordinary visits that begin in a time and fit all that is named. */
export interface Trouble {
  from?: string;
  lasts?: string;
  flows?: string[];
  via?: Provider[];
  countries?: string[];
  carrier?: string;
  /** How much later than usual they arrive. */
  late?: DurationRange;
  /** Part that arrives. */
  arrives?: number;
}

export type NumberRange = number | [number, number];
export type Usual = 'usual';

/** What follows refusals: an end, or another country, other leased blocks, other addresses and devices. */
export type Reaction = 'stop' | 'country' | 'numbers' | 'clients';

/** Country → weight; so many of those that have numbers, or all; the world's home countries; or as usual. */
export type Countries = Record<string, number> | { count: number } | 'all' | 'home' | Usual;

/** A stream of visits that a scenario adds. Whatever is left out is as usual in the world. */
export interface ScenarioTraffic {
  entry: Entrance;
  /** A flow of the world; none for `provider` and `administrator`, whose messages come from no flow. */
  flow?: string;
  /** Through what its messages leave, where not through the flow's own provider. */
  via?: Provider;
  /** Assets of the world, in turn; its own where left out. */
  tenants?: string[] | 'all';
  /** When it begins after the scenario's start, and for how long; the whole scenario where left out. */
  from?: string;
  lasts?: string;
  visits_per_hour: NumberRange;
  /** Visits an hour as a multiple of the world's average sends an hour; counts where that is more than `visits_per_hour`. */
  times_usual?: NumberRange;
  shape: 'flat' | 'ramp' | 'burst' | 'clockwork';
  destinations: {
    countries: Countries;
    /** Whose numbers: people of the world, any of a country or of its carriers' blocks, scattered in or consecutive over leased blocks. */
    numbers: 'subscribers' | 'any' | 'assigned' | 'leased' | 'consecutive';
    carrier?: string;
    /** How many blocks are leased; 1 where left out. */
    blocks?: number;
    /** Streams that name the same have the same blocks, countries and numbers. */
    lease?: string;
    /** How many different numbers, in turn; without end where left out. */
    distinct?: number;
    /** How long one country is served before the next: not by weight, but in turn. */
    rotate?: string;
    /** Part of the numbers that Twilio Lookup warns of; as of ordinary numbers where left out. */
    warned?: number;
  };
  /** How many accounts, in turn; one for each visit, or each distinct number, where left out. */
  accounts?: number;
  clients?: {
    network: Network | Usual;
    addresses?: number;
    /** How many devices; one for each visit, or one where the user agent is named, where left out. */
    devices?: number;
    /** Part of the visits whose e-mail is disposable; as usual where left out. */
    disposable_email?: number;
    /** As usual, one of the usual ones for all, or this very text. */
    user_agents: string;
  };
  looks?: boolean;
  captcha_stops?: number | { after: string; share: number };
  reacts?: { after: number; by: Reaction[] };
  answers?: NumberRange | Usual;
  /** Part of those whom a code let in that then do what the product is for; as usual where left out, 0 in a campaign. */
  uses?: NumberRange | Usual;
  /** Wrong codes that are posted in each visit to which the right one does not come back. */
  guesses?: number;
  /** Part of the visits that ask again; as usual where left out. */
  resends?: number | Usual;
  more_codes?: number;
  /** How long a visit waits before it asks again; as people do where left out. */
  resend_after?: DurationRange;
  /** From which send of a visit on the product calls. */
  calls_from?: number;
  sends_twice?: boolean;
  arrives?: number;
  blocked?: { by?: Guard; after: string; share: number };
  delivery_logged?: boolean;
  logging?: { sources?: string[]; held_until?: string; twice?: number };
}

/** Milliseconds of `90s`, `15m`, `3h`, `2d`, `-20m`. The schemas allow nothing else. */
export function milliseconds(duration: string): number {
  const [, sign, amount, unit] = /^(-?)(\d+)([smhd])$/.exec(duration) ?? [];
  if (!unit) throw new Error(`${duration} is not a duration`);
  const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return (sign === '-' ? -1 : 1) * Number(amount) * units[unit]!;
}

/** The shortest and the longest of a duration, ms. */
export function bounds(duration: DurationRange): [number, number] {
  const [shortest, longest] = typeof duration === 'string' ? [duration, duration] : duration;
  return [milliseconds(shortest), milliseconds(longest)];
}
