import { type Kind } from '../../test/detection/elasticsearch/lying-proxy';
import { below, rootKey, unit } from '../../tools/simulate/random';
import { BODIES } from './bodies';
import type { Asking } from './commands';
import { DEEDS } from './deeds';
import type { Lie } from './lie';
import { STATUSES } from './statuses';
import { TRANSPORT } from './transport';

/** Gives the command its credentials in one of the ways that there are. */
export interface Secret {
  name: string;
  env(url: string): NodeJS.ProcessEnv;
  /** What must not be printed. */
  forms: string[];
}

const CANARY = 'canary7b3fQ9xT2mZk';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const USER = { ELASTICSEARCH_USERNAME: 'user', ELASTICSEARCH_PASSWORD: CANARY };

const SECRETS: Secret[] = [
  {
    name: 'a password',
    env: (url) => ({ ELASTICSEARCH_URL: url, ...USER }),
    forms: [CANARY, base64(`user:${CANARY}`)],
  },
  {
    name: 'a password in the address',
    env: (url) => ({ ELASTICSEARCH_URL: url.replace('//', `//user:${CANARY}@`) }),
    forms: [CANARY, base64(`user:${CANARY}`)],
  },
  {
    name: 'an API key',
    env: (url) => ({ ELASTICSEARCH_URL: url, ELASTICSEARCH_API_KEY: base64(`id:${CANARY}`) }),
    forms: [CANARY, base64(`id:${CANARY}`)],
  },
];

/** A lie that is told to one command about one kind of request. */
export interface Planned {
  number: number;
  lie: Lie;
  kind: Kind;
  command: Asking;
  secret: Secret;
}

/** About so many kinds of requests a lie is told that could be told about any; changed answers about all. */
const DRAWN = 3;

/** Each lie about kinds of requests that are drawn, and to a command that is drawn from those that make such requests. */
export function plan(seed: number, commands: readonly Asking[]): Planned[] {
  const key = rootKey(seed, 'lies');
  const draw = <T>(from: readonly T[], what: string, number: number): T => from[below(key, what, from.length, number)]!;
  const lies = [...BODIES, ...STATUSES, ...TRANSPORT, ...DEEDS];
  return lies
    .flatMap((lie, number) => {
      const order = new Map(lie.kinds.map((kind) => [kind, unit(key, `kind ${kind}`, number)]));
      const kinds = [...lie.kinds].sort((a, b) => order.get(a)! - order.get(b)!);
      return kinds.slice(0, BODIES.includes(lie) ? Infinity : DRAWN).map((kind) => ({ lie, kind }));
    })
    .map(({ lie, kind }, number) => {
      const asking = commands.filter(({ kinds }) => kinds.includes(kind));
      return { number, lie, kind, command: draw(asking, 'command', number), secret: draw(SECRETS, 'secret', number) };
    });
}
