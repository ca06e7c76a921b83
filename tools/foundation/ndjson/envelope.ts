import type { Event } from '@tollgate/sigma/values/event';
import { CLOSE, CLOSE_LIST, COLON, COMMA, JsonWalk, LINE_FEED, OPEN, OPEN_LIST, QUOTE, SPACE } from './json-walk';

/**
 * Keys under which a list of records is looked for in any line of JSON. Under the second other sources' events have lists too, such as
 * a DNS answer's: an object that could be an event, since it is one line, is an envelope of it only if the key is its only one.
 */
const [ALWAYS, ALONE] = ['Records', 'records'];

export const ENVELOPE_KEYS: readonly string[] = [ALWAYS, ALONE];

/** Keys under which it is looked for in objects that can't be events. */
export const LIST_KEYS: readonly string[] = [
  ...ENVELOPE_KEYS,
  'value',
  'events',
  'logEvents',
  'data',
  'messages',
  'items',
  'logs',
  'alerts',
  'attempts',
  'results',
];

/** Under this key each record of a list has what stands before the list, where that is asked for: its texts, numbers and truths. */
export const BESIDE = '@envelope';

/** No more is kept of that, in bytes. */
const MOST_BESIDE = 4096;

/** Whether an event has a list under one of the keys. It is asked of every event: a loop over the keys would take ten times as long. */
export function mayBeEnvelope(event: Event): boolean {
  return Array.isArray(event['Records']) || Array.isArray(event['records']);
}

/** Longer keys are none of an envelope. */
const LONGEST_KEY = 1024;

/**
 * What stands before the list is no deeper. Lines that each begin another object would be looked at again and again if one that
 * turns out to be no envelope could go on without end.
 */
const DEEPEST_BEFORE = 64;

type State =
  | 'start'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'value'
  | 'in-value'
  | 'first-item'
  | 'item'
  | 'in-item'
  | 'next-item'
  | 'next';

/**
 * Follows an object through a stream of bytes and finds the records of its list, if it is an envelope: if under one of some
 * keys stands a list that is empty or whose first item is an object. Such a list alone is one too.
 */
export class Envelope {
  /** Where it goes on. */
  at: number;
  /** Where the record begins that is being read or was found; -1 where none is. */
  record = -1;
  /** The key of its list; `null` until one begins: before that it may be no envelope. */
  list: string | null = null;
  /** What stands before the list, as members of an object that each end with a comma. */
  beside = '';
  private members = 0;
  private key = '';
  private state: State = 'start';
  private walk = new JsonWalk();
  /** Where the value of a key before the list begins; -1 where it is none to be kept. */
  private value = -1;

  constructor(
    at: number,
    private readonly keys: readonly string[] = ENVELOPE_KEYS,
    private readonly keepsBeside = false,
  ) {
    this.at = at;
  }

  /** Whether the object may be an event just as well. */
  get mayBeEvent(): boolean {
    return this.members > 1 && this.list === ALONE;
  }

  /** From where on the bytes are needed once more. */
  get needed(): number {
    if (this.value >= 0) return this.value;
    return this.record >= 0 ? this.record : this.at;
  }

  /** The bytes before a place are gone. */
  forget(before: number): void {
    this.at -= before;
    if (this.value >= 0) this.value -= before;
    if (this.record >= 0) this.record = Math.max(0, this.record - before);
  }

  /**
   * Goes on up to `end`: to the beginning of the list, the end of a record, which is then `[record, at)`, the end of the object, or a
   * byte that may not be there, which is that at `at`. Within a record almost anything may be: it is the reader's to refuse.
   */
  next(bytes: Uint8Array, end: number): 'more' | 'list' | 'record' | 'end' | 'wrong' {
    for (;;) {
      if (this.state === 'in-value' || this.state === 'in-item') {
        this.at = this.walk.run(bytes, this.at, end);
        if (this.walk.status === 'more') return 'more';
        if (this.walk.status === 'wrong' && !this.forgives(bytes)) return 'wrong';
        if (this.walk.status === 'wrong') continue;
        const wasItem = this.state === 'in-item';
        if (!wasItem) this.keep(bytes);
        this.state = wasItem ? 'next-item' : 'next';
        if (wasItem) return 'record';
      }
      this.record = -1;
      while (this.at < end && SPACE[bytes[this.at]!] === 1) this.at++;
      if (this.at >= end) return 'more';
      const told = this.token(bytes, bytes[this.at]!, end);
      if (told !== null) return told;
    }
  }

  /** Takes what begins with a byte; `null` where it is to go on. */
  private token(bytes: Uint8Array, byte: number, end: number): 'more' | 'list' | 'end' | 'wrong' | null {
    switch (this.state) {
      case 'start':
        if (byte === OPEN_LIST) return this.beginList(bytes, end, '') ?? 'wrong';
        return this.after(byte === OPEN, 'first-key');
      case 'first-key':
        if (byte === CLOSE) return this.end();
        return this.readKey(bytes, end);
      case 'key':
        return this.readKey(bytes, end);
      case 'colon':
        return this.after(byte === COLON, 'value');
      case 'value':
        return this.beginValue(bytes, byte, end);
      case 'first-item':
        if (byte === CLOSE_LIST) return this.endList();
        return this.beginItem();
      case 'item':
        // What begins no value has no end either.
        return byte === COMMA || byte === CLOSE_LIST || byte === CLOSE || byte === COLON ? 'wrong' : this.beginItem();
      case 'next-item':
        if (byte === CLOSE_LIST) return this.endList();
        return this.after(byte === COMMA, 'item');
      case 'next':
        if (byte === CLOSE) return this.end();
        return this.after(byte === COMMA, 'key');
      default:
        throw new Error(`no token is looked at in ${this.state}`);
    }
  }

  private after(isRight: boolean, state: State): 'wrong' | null {
    if (!isRight) return 'wrong';
    this.at++;
    this.state = state;
    return null;
  }

  private endList(): 'end' | null {
    if (this.list === '') return this.end();
    this.after(true, 'next');
    return null;
  }

  private end(): 'end' {
    this.at++;
    return 'end';
  }

  /** A key is looked at as a whole, so the place stays at its beginning until it is there. */
  private readKey(bytes: Uint8Array, end: number): 'more' | 'wrong' | null {
    const walk = new JsonWalk();
    if (bytes[this.at] !== QUOTE) return 'wrong';
    const after = walk.run(bytes, this.at, Math.min(end, this.at + LONGEST_KEY));
    if (walk.status !== 'done') return walk.status === 'wrong' || end - this.at >= LONGEST_KEY ? 'wrong' : 'more';
    this.key = Buffer.from(bytes.subarray(this.at + 1, after - 1)).toString();
    this.at = after;
    this.members++;
    this.state = 'colon';
    return null;
  }

  private beginValue(bytes: Uint8Array, byte: number, end: number): 'more' | 'list' | null {
    const told = byte === OPEN_LIST && this.keys.includes(this.key) ? this.beginList(bytes, end, this.key) : null;
    if (told !== null) return told;
    this.walk = new JsonWalk(this.list === null ? DEEPEST_BEFORE : Infinity);
    this.state = 'in-value';
    const isKept = this.keepsBeside && this.list === null && byte !== OPEN && byte !== OPEN_LIST;
    this.value = isKept ? this.at : -1;
    return null;
  }

  /** Begins the list at whose bracket it is, if it can be one of records. */
  private beginList(bytes: Uint8Array, end: number, key: string): 'more' | 'list' | null {
    let first = this.at + 1;
    while (first < end && SPACE[bytes[first]!] === 1) first++;
    if (first >= end) return 'more';
    if (bytes[first] !== OPEN && bytes[first] !== CLOSE_LIST) return null;
    this.list ??= key;
    this.at = first;
    this.state = 'first-item';
    return 'list';
  }

  /** Keeps the value that ends here, if it is one to be kept. */
  private keep(bytes: Uint8Array): void {
    const { value } = this;
    this.value = -1;
    if (value < 0 || this.beside.length + this.at - value > MOST_BESIDE) return;
    const member = `"${this.key}":${Buffer.from(bytes.subarray(value, this.at)).toString()}`;
    // A word or number that is misspelt would spoil every record.
    if (isJson(`{${member}}`)) this.beside += `${member},`;
  }

  private beginItem(): null {
    this.walk = new JsonWalk();
    this.record = this.at;
    this.state = 'in-item';
    return null;
  }

  /**
   * Whether a byte that may not be in a record can be left to the reader of the record. Where a string meets a line's end, or a
   * line begins an object in the middle of another, the file was cut off, and something else follows.
   */
  private forgives(bytes: Uint8Array): boolean {
    if (this.state !== 'in-item' || bytes[this.at] === LINE_FEED) return false;
    if (bytes[this.at] === OPEN) {
      let before = this.at - 1;
      while (before >= this.record && bytes[before] !== LINE_FEED && SPACE[bytes[before]!] === 1) before--;
      if (bytes[before] === LINE_FEED) return false;
    }
    return this.walk.forgive();
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong where an envelope goes on as none may, `lines` after it began. */
export function cutOff(lines: number): string {
  const where = lines === 0 ? '' : `, which began ${lines} line${lines === 1 ? '' : 's'} before,`;
  return `the list of records${where} is cut off or malformed here; what came before is read`;
}

/** What a line holds that is an envelope, or the beginning of one. */
export interface EnvelopeLine {
  /** Where its records begin and end, in turn. */
  records: number[];
  /** Where it ends, or where it is cut off or malformed. */
  end: number;
  isWhole: boolean;
}

/** The records of the envelope that begins in `[start, end)`, which is a line or the rest of one; `null` where none does. */
export function envelopeIn(bytes: Uint8Array, start: number, end: number): EnvelopeLine | null {
  const envelope = new Envelope(start);
  const records: number[] = [];
  for (;;) {
    const told = envelope.next(bytes, end);
    if (told === 'list') continue;
    if (told === 'record') {
      records.push(envelope.record, envelope.at);
      continue;
    }
    if (envelope.list === null || envelope.mayBeEvent) return null;
    return { records, end: told === 'more' ? end : envelope.at, isWhole: told === 'end' };
  }
}
