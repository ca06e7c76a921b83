import type { Network } from './addresses';
import { COUNTRIES } from './numbers';
import { cumulate, zipf } from './math';
import { child, rootKey, type Key } from './random';
import type { Curve } from './curve';
import type { Change } from './change';
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
  paths?: { page: string; request: string; resend: string; check: string };
}

/** A simulated business, as its file in `datasets/worlds/` has it. */
export interface World {
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
  sources: string[];
  web: { host: string; service: string };
  twilio: { account_sid: string; messaging_service_sid: string; verify_service_sid: string; from: string };
  aws?: { account: string; region: string; user_pool_id: string; client_id: string };
  users: number;
  curve: Curve;
  countries: Record<string, number>;
  elsewhere: { share: number; countries: string[] };
  carriers: Record<string, { share: number; blocks: number }>;
  networks: Partial<Record<Network, { share: number; addresses: number }>>;
  user_agents: Record<string, number>;
  /** Part of the messages that arrive. */
  arrives: number;
  flows: Record<string, Flow>;
  background: { stopped_bots_per_day: number; visitors_per_send: number };
  routine: (Change & { per_week: number })[];
}

/** A world with its distributions worked out. */
export interface Model {
  world: World;
  /** From which everything in this world and seed descends. */
  key: Key;
  countries: { names: string[]; shares: number[] };
  carriers: { names: string[]; shares: number[]; blocks: { count: number; shares: number[] }[] };
  networks: { names: Network[]; addresses: number[]; shares: number[] };
  userAgents: { names: string[]; shares: number[] };
  flows: { all: Flow[]; shares: number[] };
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
  const networks = Object.entries(world.networks) as [Network, { share: number; addresses: number }][];
  const agents = Object.entries(world.user_agents);
  const flows = Object.values(world.flows);
  const forms = flows.filter(({ paths }) => paths);
  return {
    world,
    key: rootKey(seed, world.name),
    countries: { names: countries.map(([name]) => name), shares: cumulate(countries.map(([, share]) => share)) },
    carriers: {
      names: carriers.map(([name]) => name),
      shares: cumulate(carriers.map(([, { share }]) => share)),
      blocks: carriers.map(([, { blocks }]) => ({ count: blocks, shares: cumulate(zipf(blocks)) })),
    },
    networks: {
      names: networks.map(([name]) => name),
      addresses: networks.map(([, { addresses }]) => addresses),
      shares: cumulate(networks.map(([, { share }]) => share)),
    },
    userAgents: { names: agents.map(([name]) => name), shares: cumulate(agents.map(([, share]) => share)) },
    flows: { all: flows, shares: cumulate(flows.map(({ share }) => share)) },
    forms: { flows: forms, shares: cumulate(forms.map(({ share }) => share)) },
  };
}

/** The place of a carrier's block in a country's numbering plan; blocks of small rank have the most subscribers. */
export function blockKey(model: Model, country: string, carrier: number): Key {
  return child(child(model.key, 'country', COUNTRIES.indexOf(country)), 'carrier', carrier);
}
