import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import { table } from './table';

/** One thing of the content, and what state it is in. */
export interface ListedThing {
  name: string;
  title: string;
  /** null where it is no file's. */
  file: string | null;
  /** What is said of it → what that is; all things of a kind have the same keys. */
  state: Record<string, string | number | boolean | string[]>;
}

/** The things of each kind, by the kind's name. */
export type Listing = Partial<Record<string, ListedThing[]>>;

/** How `tollgate list` can print what there is. */
export const LIST_FORMATS = { pretty: listingAsPretty, json: listingAsJson };

/** For people: a table a kind, the title last, and how many there are. */
function listingAsPretty(listing: Listing): string {
  const parts = Object.entries(listing).map(([kind, things = []]) => {
    const count = pc.bold(`${things.length} ${things.length === 1 ? kind.slice(0, -1) : kind}`);
    const [first] = things;
    if (first === undefined) return [count];
    const keys = Object.keys(first.state);
    const heads = ['name', ...keys.map(wordsOf), 'title'];
    const rows = things.map(({ name, state, title }) => [name, ...Object.values(state).map(wordOf), title]);
    const right = [false, ...keys.map((key) => typeof first.state[key] === 'number'), false];
    const columns = columnsOf(process.stdout, Infinity);
    const cells = [heads, ...rows].map((row) => row.map(harmless));
    return [count, ...table(cells, { columns, keys: 1, right, paintHead: pc.dim })];
  });
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** `sends per day` of `sendsPerDay`. */
function wordsOf(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function wordOf(value: ListedThing['state'][string]): string {
  if (Array.isArray(value)) return value.join(', ') || '-';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** For programs: a list a kind, each thing with its state beside its name. */
function listingAsJson(listing: Listing): string {
  const plain = Object.entries(listing).map(([kind, things = []]) => [
    kind,
    things.map(({ name, title, file, state }) => ({ name, title, file, ...state })),
  ]);
  return `${JSON.stringify(Object.fromEntries(plain), null, 2)}\n`;
}
