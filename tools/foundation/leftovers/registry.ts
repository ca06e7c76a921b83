import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';
import { noteInJournal } from './journal';
import type { Leftover, Note } from './leftover';

const CHANNEL = 'tollgate leftovers';

const known = new Map<string, Leftover>();
let channel: BroadcastChannel | null = null;
let count = 0;

/**
 * Says what would be left where the command were cut off from now on: call it before the thing is made, and what it returns when
 * the thing is gone or is to stay. `inJournal`: a later command would not find it by itself where this one is killed.
 */
export function leaving(leftover: Leftover, { inJournal = true } = {}): () => void {
  const key = `${threadId}:${count++}`;
  const say = (note: Note): void => {
    if (inJournal) noteInJournal(note);
    tell(note);
  };
  say({ key, leftover });
  return () => say({ key });
}

/** From now on this thread, the main one, hears of what the others leave. */
export function hearLeftovers(): void {
  open().onmessage = (message) => take((message as { data: Note }).data);
}

/** What was left and is not cleared away yet, the last first. */
export function leftovers(): Leftover[] {
  return [...known.values()].reverse();
}

function tell(note: Note): void {
  if (isMainThread) take(note);
  else open().postMessage(note);
}

function take({ key, leftover }: Note): void {
  if (leftover === undefined) known.delete(key);
  else known.set(key, leftover);
}

/** A note is in the other thread's hands when `postMessage` returns, whatever becomes of this thread. */
function open(): BroadcastChannel {
  if (channel === null) {
    channel = new BroadcastChannel(CHANNEL);
    (channel as unknown as { unref(): void }).unref();
  }
  return channel;
}
