import type { Event } from '@tollgate/sigma/values/event';
import { parseJson } from '@tollgate/sigma/values/json';
import { JSON_NUMBER, textOf } from '@tollgate/sigma/values/scalar';
import type { JsonBytes } from '../../foundation/ndjson/json-bytes';
import type { SourcedEvent } from '../engine/execution';
import { LISTS } from '@tollgate/sigma-elasticsearch/mapping';
import type { Oddity } from '@tollgate/sigma-elasticsearch/oddity';
import { isReserved } from '@tollgate/sigma-elasticsearch/names';
import { hasHalf, hasNewLetters, hasOddAddress } from '@tollgate/sigma-elasticsearch/text';

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
const NEGATIVE_ZERO = /^-[0.]+(?:[eE]|$)/;

const [NULL, EMPTY_LIST, EMPTY_MAP] = ['null', '[]', '{}'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];

/** Appends an event as the document that is indexed, with what we put beside the record. Returns what is odd about it. */
export function addDocument(json: JsonBytes, item: SourcedEvent, beside: Beside): Oddity[] {
  const [start, unusual] = [json.length, json.unusual];
  json.add(item.event);
  const record = json.bytes.subarray(start, json.length);
  const odd = oddities(record, json.unusual > unusual, beside.odd);
  const own: Record<string, unknown> = { n: item.n, time: item.time, ingested: item.ingested };
  let refused = false;
  if (beside.untyped || beside.lists.size > 0) {
    const found = new Walk(item.event, beside.untyped);
    refused = found.refused;
    if (refused) odd.push('shape');
    if (found.oddNumber) odd.push('number');
    if (refused) own['record'] = record.toString();
    else for (const [name, values] of found.lists()) if (beside.lists.has(name)) own[name.split('.')[1]!] = [...values];
  }
  if (odd.length > 0) own['odd'] = odd;
  if (refused) {
    json.length = start;
    json.add({ tollgate: own });
  } else json.extend(start, 'tollgate', own);
  return odd;
}

/**
 * What is odd about a record, as far as its JSON tells; `isUnusual`: it has texts of more than printable ASCII. Bytes cost next to
 * nothing to look at; one that merely holds such words is rechecked for nothing.
 */
function oddities(record: Buffer, isUnusual: boolean, matters: ReadonlySet<Oddity>): Oddity[] {
  const odd: Oddity[] = [];
  if (matters.has('null') && (record.includes(NULL) || record.includes(EMPTY_LIST) || record.includes(EMPTY_MAP)))
    odd.push('null');
  if (!isUnusual && !matters.has('address')) return odd;
  const text = record.toString();
  if (matters.has('text') && hasHalf(text)) odd.push('text');
  if (matters.has('letters') && hasNewLetters(text)) odd.push('letters');
  if (matters.has('address') && hasOddAddress(text)) odd.push('address');
  return odd;
}

/** The record of a document, as it came. */
export function recordOf(document: Record<string, unknown> & { tollgate?: unknown }): Event {
  const own = document.tollgate as { record?: string } | undefined;
  if (own?.record !== undefined) return parseJson(own.record) as Event;
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
        const text = textOf(value);
        if (text !== null) this.strings.add(text);
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
    if (value.length > 0 && JAVA_NUMBER.test(value) && (!JSON_NUMBER.test(value) || NEGATIVE_ZERO.test(value))) {
      this.oddNumber = true;
    }
  }

  /** A value stands below these objects. */
  private fill(place: Place | null): void {
    for (let at = place; at !== null; at = at.above) this.objects.add(at.path);
  }
}
