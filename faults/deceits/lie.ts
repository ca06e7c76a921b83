import { KINDS, type Deceit, type Kind } from '../../test/detection/elasticsearch/lying-proxy';

/** One way to deceive a client. */
export interface Lie {
  name: string;
  /** The row of the table that it counts in. */
  group: string;
  deceit: Deceit;
  /** Which requests it answers. */
  kinds: readonly Kind[];
  /** How many of them, from the first on; by default all. */
  times?: number;
  /** Whether the client has to wait until its patience is over. Such trials run beside the others, and there are few of them. */
  isSlow?: boolean;
  /** Whether it says that the user's credentials or address are wrong, which is wrong use (2). */
  isRefusal?: boolean;
}

/** The requests that go through the client of Elasticsearch: all but the first question, for the version. */
export const CLIENTS: readonly Kind[] = KINDS.filter((kind) => kind !== 'version');

/** All that a command asks. */
export const ALL: readonly Kind[] = KINDS;

/** Lies of one row of the table. */
export function group(name: string, lies: Omit<Lie, 'group'>[]): Lie[] {
  return lies.map((lie) => ({ ...lie, group: name }));
}
