import type { Event } from '../content/event';
import type { SourcedEvent } from '../sigma/execution';
import { LISTS } from './mapping';
import { isReserved } from './names';
import { hasHalf, hasNewLetters, hasOddAddress } from './text';

/**
 * `null`: holds a null, an empty list or an empty object, which leave no trace in an index.
 * `text`: holds half a surrogate pair, which an index doesn't keep.
 * `letters`: holds letters that Java may not fold as we do; it matters to queries that have such letters in them.
 * `address`: holds a text that Java may read as another address than we do, or as one at all.
 * `number`: holds a text that Java reads as another number than JSON, or as one at all.
 * `shape`: has keys that Elasticsearch refuses, or is too deep for it, so that only its text was indexed.
 */
export type Oddity = 'null' | 'text' | 'letters' | 'address' | 'number' | 'shape';

/** What the queries on an index need beside the records. */
export interface Beside {
  /** Any of `LISTS`. */
  lists: ReadonlySet<string>;
  /** The oddities that matter to any of them; the others need not be looked for. */
  odd: ReadonlySet<Oddity>;
  /** Nothing is known of the records, so that they may be of any shape. */
  untyped: boolean;
}

/** Elasticsearch's parser takes 1,000 levels, which a record with fewer can't come near. */
const DEEPEST = 200;
const LONGEST_KEY = 2000;

/** What `Double.parseDouble` takes (its documentation has this grammar), and what JSON calls a number other than -0. */
const JAVA_NUMBER =
  /^[\x00-\x20]*[+-]?(?:NaN|Infinity|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|0[xX](?:[\da-fA-F]+\.?|[\da-fA-F]*\.[\da-fA-F]+)[pP][+-]?\d+)[fFdD]?)[\x00-\x20]*$/;
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NEGATIVE_ZERO = /^-[0.]+(?:[eE]|$)/;

/** An event as the document that is indexed, with what we put beside the record, and what is odd about it. */
export function documentOf(item: SourcedEvent, beside: Beside): { text: string; odd: Oddity[] } {
  const record = JSON.stringify(item.event);
  const odd: Oddity[] = [];
  // The JSON text costs next to nothing to look at; one that merely holds such words is rechecked for nothing.
  const matters = beside.odd;
  if (matters.has('null') && (record.includes('null') || record.includes('[]') || record.includes('{}')))
    odd.push('null');
  if (matters.has('text') && hasHalf(record)) odd.push('text');
  if (matters.has('letters') && hasNewLetters(record)) odd.push('letters');
  if (matters.has('address') && hasOddAddress(record)) odd.push('address');
  const own: Record<string, unknown> = { n: item.n, time: item.time, ingested: item.ingested };
  let refused = false;
  if (beside.untyped || beside.lists.size > 0) {
    const found = new Walk(item.event, beside.untyped);
    refused = found.refused;
    if (refused) odd.push('shape');
    if (found.oddNumber) odd.push('number');
    if (refused) own['record'] = record;
    else for (const [name, values] of found.lists()) if (beside.lists.has(name)) own[name.split('.')[1]!] = [...values];
  }
  if (odd.length > 0) own['odd'] = odd;
  const rest = refused || record === '{}' ? '{' : `${record.slice(0, -1)},`;
  return { text: `${rest}"tollgate":${JSON.stringify(own)}}`, odd };
}

/** The record of a document, as it came. */
export function recordOf(document: Record<string, unknown> & { tollgate?: unknown }): Event {
  const own = document.tollgate as { record?: string } | undefined;
  if (own?.record !== undefined) return JSON.parse(own.record) as Event;
  delete document.tollgate;
  return document;
}

function isRefused(key: string): boolean {
  return key.length > LONGEST_KEY || key.split('.').some((part) => part.trim() === '');
}

interface Place {
  path: string;
  above: Place | null;
}

/** Looks at every key and value of a record once. Iterative, because the depth of a record is the sender's choice. */
class Walk {
  refused = false;
  oddNumber = false;
  private readonly strings = new Set<string>();
  private readonly names = new Set<string>();
  private readonly objects = new Set<string>();

  /** A record that will be refused is not looked at any further. */
  constructor(event: Event, mayRefuse: boolean) {
    this.refused = mayRefuse && Object.keys(event).some(isReserved);
    const pending: [value: unknown, place: Place | null, depth: number][] = [[event, null, 0]];
    while (pending.length > 0 && !this.refused) {
      const [value, place, depth] = pending.pop()!;
      if (mayRefuse && depth > DEEPEST) this.refused = true;
      if (Array.isArray(value)) for (const item of value) pending.push([item, place, depth + 1]);
      else if (value !== null && typeof value === 'object') {
        for (const [key, child] of Object.entries(value)) {
          if (mayRefuse && isRefused(key)) this.refused = true;
          const path = place === null ? key : `${place.path}.${key}`;
          this.names.add(path);
          pending.push([child, { path, above: place }, depth + 1]);
        }
      } else if (value !== null) {
        this.fill(place!.above);
        if (typeof value === 'string') this.string(value);
      }
    }
  }

  /** The values of each of our lists. */
  lists(): [string, Set<string>][] {
    return [
      [LISTS.strings, this.strings],
      [LISTS.names, this.names],
      [LISTS.objects, this.objects],
    ];
  }

  private string(value: string): void {
    this.strings.add(value);
    if (value.length > 0 && JAVA_NUMBER.test(value) && (!PLAIN_NUMBER.test(value) || NEGATIVE_ZERO.test(value))) {
      this.oddNumber = true;
    }
  }

  /** A value stands below these objects. */
  private fill(place: Place | null): void {
    for (let at = place; at !== null; at = at.above) this.objects.add(at.path);
  }
}
