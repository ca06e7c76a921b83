import { sum } from '../foundation/statistics/sum';
import { capacity, type Network } from './addresses';
import { blocksOf, type Carrier, type CarrierBlocks } from './blocks';
import { cumulate } from './math';
import { child, rootKey, type Key } from './random';
import { milliseconds, type DurationRange, type ScenarioTraffic } from './scenario';
import type { RateCard } from './rate-card';
import type { Curve } from './curve';
import type { AdministratorAct } from './change';
import type { Provider } from './way';

/** One reason for which the product sends messages. */
export interface Flow {
  purpose: 'signup' | 'login' | 'password_reset' | 'phone_change' | 'notification';
  provider: Provider;
  /** Part of the day's sends. */
  share: number;
  /** Verified ÷ sent; none where nobody is asked to verify. */
  conversion?: number;
  /** Part of the visits that ask for another code. */
  resend?: number;
  /** Paths of the page with the form and of what it posts to; none where the product sends by itself. */
  paths?: { page: string; request: string; resend?: string; check?: string };
}

/** Whether only people who have an account use a flow: a form that sends no code asks nobody who he is. */
export function asksAccount({ purpose, paths }: Flow): boolean {
  return purpose !== 'signup' && !(purpose === 'notification' && paths);
}

/** What a business may run; a source records only what is there. */
export type Facility =
  | 'web_form'
  | 'waf'
  | 'cloudflare'
  | 'cognito'
  | 'sns'
  | 'end_user_messaging'
  | 'twilio'
  | 'okta'
  | 'auth0'
  | 'azure'
  | 'firebase'
  | 'vonage'
  | 'sinch'
  | 'infobip'
  | 'identity_provider'
  | 'otp_events'
  | 'lookup';

/** The ids under which platforms know a business. */
export interface Accounts {
  twilio?: { account_sid: string; messaging_service_sid: string; verify_service_sid: string; from: string };
  aws?: {
    account: string;
    region: string;
    user_pool_id: string;
    client_id: string;
    web_acl?: string;
    configuration_set?: string;
  };
  cloudflare?: { zone: string };
  okta?: { org: string };
  auth0?: { tenant: string; environment: string; client_id: string };
  azure?: { tenant: string; resource: string };
  firebase?: { project: string };
  vonage?: { account: string; application: string };
  sinch?: { application: string };
  infobip?: { application: string; sender: string };
}

/** Where a share of the clients come from. */
export interface NetworkUse {
  share: number;
  addresses: number;
  /** Each country's clients have addresses of their own; else anybody may have any. */
  local?: boolean;
  /** How long a client keeps an address before it has another; for good where left out. */
  rotate?: string;
}

/** Who asks for far more codes than others do, or a device at which many ask: so many who are always at it, or so many who begin a day. */
export interface HeavyUser extends Pick<ScenarioTraffic, 'looks' | 'answers' | 'more_codes' | 'resend_after'> {
  count?: number;
  per_day?: number;
  lasts?: DurationRange;
  flow: string;
  /** Of each of them: a number, or between two, each doubling as likely. */
  visits_per_hour: number | [number, number];
  /** By the world's curve, at any hour alike, or exactly every so many seconds; by the curve where left out. */
  shape?: 'usual' | 'flat' | 'clockwork';
  /** How many numbers, with their accounts, each of them uses; another person's in each visit where left out. */
  numbers?: number;
  /** Where they are; at the devices of those whose numbers they use where left out. */
  clients?: { network: Network; addresses?: number; devices?: number; user_agents: string };
}

/** A further asset of a platform; where it has no ids of its own, the platform's stand in its records. */
export interface Tenant extends Accounts {
  /** Part of the ordinary traffic. */
  share: number;
  web: World['web'];
}

/** A simulated business, as its file in `datasets/worlds/` has it. */
export interface World extends Accounts {
  /** The file name without `.yml`. */
  name: string;
  file: string;
  title: string;
  description: string;
  /** `asset.id` of everything the business runs. */
  asset: string;
  /** Local time ahead of UTC. */
  utc_offset_minutes: number;
  /** On a day of weight 1. */
  sends_per_day: number;
  /** What it runs, also where no source records it. */
  runs: Facility[];
  /** Contract ids of what is recorded. */
  sources: string[];
  web: { host: string; service: string };
  /** `asset.id` → a further asset. */
  tenants?: Record<string, Tenant>;
  users: number;
  /** Nobody who has an account is sent more a day, on average; no limit where left out. */
  most_per_user_per_day?: number;
  curve: Curve;
  countries: Record<string, number>;
  elsewhere: { share: number; countries: string[] };
  carriers: Record<string, Carrier>;
  /** How unequal a carrier's blocks are: the exponent of Zipf's law; 1 where left out. */
  block_skew?: number;
  networks: Partial<Record<Network, NetworkUse>>;
  user_agents: Record<string, number>;
  /** Part of the messages that arrive. */
  arrives: number;
  /** From the carrier to the phone: seconds, and σ of their logarithm. */
  delay: { median: number; spread: number };
  /** Of those who got no first code, the part that asks for another; then of those who got no second; and so on. */
  retries: number[];
  flows: Record<string, Flow>;
  /** By a name of ours. */
  heavy_users?: Record<string, HeavyUser>;
  background: { stopped_bots_per_day: number; visitors_per_send: number };
  routine: (AdministratorAct & { per_week: number })[];
  /** What its messages cost: not in its file, but the rate card beside the worlds. */
  rates: RateCard;
}

const ACCOUNTS = [
  'twilio',
  'aws',
  'cloudflare',
  'okta',
  'auth0',
  'azure',
  'firebase',
  'vonage',
  'sinch',
  'infobip',
] as const;

/** All names under which logs know an asset: its host and service, and its ids at the platforms. */
export function namesOf(asset: Pick<World, 'web'> & Accounts): string[] {
  const ids = ACCOUNTS.flatMap((platform) => Object.values(asset[platform] ?? {}));
  return [asset.web.service, asset.web.host, ...ids];
}

/** Name in logs → asset. What names none is the world's own. */
export function assetsOf(world: World): Map<string, string> {
  const assets = new Map([...namesOf(world), ...world.sources].map((name) => [name, world.asset]));
  for (const [asset, tenant] of Object.entries(world.tenants ?? {}))
    for (const name of namesOf(tenant)) if (!assets.has(name)) assets.set(name, asset);
  return assets;
}

/** The world as each of its assets has it, its own first. */
export function tenantsOf(world: World): World[] {
  const further = Object.entries(world.tenants ?? {});
  return [world, ...further.map(([asset, tenant]) => ({ ...world, ...tenant, asset }))];
}

/** A world with its distributions worked out. */
export interface Model {
  world: World;
  /** From which everything in this world and seed descends. */
  key: Key;
  countries: { names: string[]; shares: number[] };
  /** `blocks(country, carrier)`: those that the carrier has there. */
  carriers: { names: string[]; shares: number[]; blocks: (country: string, carrier: number) => CarrierBlocks };
  /** `rotates`: how long a client keeps an address, ms; 0 where for good. */
  networks: { names: Network[]; uses: NetworkUse[]; rotates: number[]; shares: number[] };
  /** How many users have a place before the first in the ranking by activity; 0 where that may be as active as can be. */
  headroom: number;
  userAgents: { names: string[]; shares: number[] };
  /** Cumulative shares of the local hours of a day. */
  hours: number[];
  flows: { all: Flow[]; shares: number[] };
  /** Cumulative shares of the world's assets, its own first. */
  tenants: number[];
  /** The flows that have a form. */
  forms: { flows: Flow[]; shares: number[] };
}

/** Works out a world's distributions for one seed. */
export function modelOf(world: World, seed: number): Model {
  const odd = world.elsewhere.share / world.elsewhere.countries.length;
  const countries = [
    ...Object.entries(world.countries),
    ...world.elsewhere.countries.map((country): [string, number] => [country, odd]),
  ];
  const carriers = Object.entries(world.carriers);
  const networks = Object.entries(world.networks) as [Network, NetworkUse][];
  const agents = Object.entries(world.user_agents);
  const flows = Object.values(world.flows);
  const forms = flows.filter(({ paths }) => paths);
  const tenants = Object.values(world.tenants ?? {}).map(({ share }) => share);
  const key = rootKey(seed, world.name);
  const users = new Map(countries.map(([name, share]) => [name, share * world.users]));
  return {
    world,
    key,
    countries: { names: countries.map(([name]) => name), shares: cumulate(countries.map(([, share]) => share)) },
    carriers: {
      names: carriers.map(([name]) => name),
      shares: cumulate(carriers.map(([, { share }]) => share)),
      blocks: blocksOf(Object.values(world.carriers), users, world.block_skew, child(key, 'blocks')),
    },
    networks: {
      names: networks.map(([name]) => name),
      uses: networks.map(([, use]) => use),
      rotates: networks.map(([, { rotate }]) => (rotate === undefined ? 0 : milliseconds(rotate))),
      shares: cumulate(networks.map(([, { share }]) => share)),
    },
    headroom: headroomOf(world),
    userAgents: { names: agents.map(([name]) => name), shares: cumulate(agents.map(([, share]) => share)) },
    hours: cumulate(world.curve.hours),
    flows: { all: flows, shares: cumulate(flows.map(({ share }) => share)) },
    tenants: cumulate([1 - sum(tenants), ...tenants]),
    forms: { flows: forms, shares: cumulate(forms.map(({ share }) => share)) },
  };
}

/**
 * The square of a uniform draw picks users, so that the one at place i of n is picked with density 1 / (2 √(i·n)), which is
 * highest at 0. With h places left free before the first it is at most 1 / (2 √(h·n)).
 */
function headroomOf({ sends_per_day: sends, users, most_per_user_per_day: most }: World): number {
  if (most === undefined) return 0;
  const root = sends / (2 * most);
  return Math.ceil((root * root) / users);
}

/** The places of a network's addresses that a client may have: all in use, or those of the country. */
export function placesOf(model: Model, network: number, country: string | null): { first: number; count: number } {
  const { addresses, local } = model.networks.uses[network]!;
  const all = Math.min(addresses, capacity(model.networks.names[network]!));
  const index = local && country !== null ? model.countries.names.indexOf(country) : -1;
  if (index < 0) return { first: 0, count: all };
  const first = Math.min(all - 1, Math.floor((model.countries.shares[index - 1] ?? 0) * all));
  return { first, count: Math.max(1, Math.floor(model.countries.shares[index]! * all) - first) };
}
