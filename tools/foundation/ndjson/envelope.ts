import type { Event } from '@tollgate/sigma/values/event';
import { CLOSE, CLOSE_LIST, COLON, COMMA, JsonWalk, LINE_FEED, OPEN, OPEN_LIST, QUOTE, SPACE } from './json-walk';

/**
 * Keys under which vendors deliver a list of records in one object. Where `alone`, an object that could be an event, since it is
 * one line, is an envelope only if the key is its only one.
 */
const ENVELOPES = [
  /** CloudTrail's files, and what S3 and SQS send. Beside it may stand such as `nextToken`. */
  { key: 'Records', alone: false },
  /** What Azure's diagnostic settings send. Other sources' events have lists of that name, such as a DNS answer's. */
  { key: 'records', alone: true },
];

export const ENVELOPE_KEYS: readonly string[] = ENVELOPES.map(({ key }) => key);

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
 * Follows an object through a stream of bytes and finds the records of its list, if it is an envelope: if under one of the known
 * keys stands a list that is empty or whose first item is an object.
 */
export class Envelope {
  /** Where it goes on. */
  at: number;
  /** Where the record begins that is being read or was found; -1 where none is. */
  record = -1;
  /** The key of its list; `null` until one begins: before that it may be no envelope. */
  list: string | null = null;
  private members = 0;
  private key = '';
  private state: State = 'start';
  private walk = new JsonWalk();

  constructor(at: number) {
    this.at = at;
  }

  /** Whether the object may be an event just as well. */
  get mayBeEvent(): boolean {
    return this.members > 1 && ENVELOPES.some(({ key, alone }) => alone && key === this.list);
  }

  /** From where on the bytes are needed once more. */
  get needed(): number {
    return this.record >= 0 ? this.record : this.at;
  }

  /** The bytes before a place are gone. */
  forget(before: number): void {
    this.at -= before;
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
        if (byte === CLOSE_LIST) return this.after(true, 'next');
        return this.beginItem();
      case 'item':
        // What begins no value has no end either.
        return byte === COMMA || byte === CLOSE_LIST || byte === CLOSE || byte === COLON ? 'wrong' : this.beginItem();
      case 'next-item':
        if (byte === CLOSE_LIST) return this.after(true, 'next');
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
    if (byte === OPEN_LIST && ENVELOPE_KEYS.includes(this.key)) {
      let first = this.at + 1;
      while (first < end && SPACE[bytes[first]!] === 1) first++;
      if (first >= end) return 'more';
      if (bytes[first] === OPEN || bytes[first] === CLOSE_LIST) {
        this.list ??= this.key;
        this.at = first;
        this.state = 'first-item';
        return 'list';
      }
    }
    this.walk = new JsonWalk(this.list === null ? DEEPEST_BEFORE : Infinity);
    this.state = 'in-value';
    return null;
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
