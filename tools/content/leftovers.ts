import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

/**
 * What would stay behind where a command is cut off: plain data, since the thread that made it may be in the middle of a
 * computation, and another one clears it away.
 */
export type Leftover =
  /** A file or a folder; with `holding` only a file that has this text. */
  | { kind: 'path'; path: string; holding?: string }
  /** A process that was started, or the group that it leads. */
  | { kind: 'process'; pid: number; group?: boolean }
  /** The indices of a run, all of whose names begin alike. `authorization` is the header that the cluster wants. */
  | { kind: 'indices'; url: string; authorization: string | undefined; prefix: string };

/** What threads tell the one that clears away. `leftover` is absent where there is nothing to clear away any more. */
interface Note {
  key: string;
  leftover?: Leftover;
}

const CHANNEL = 'tollgate leftovers';

const known = new Map<string, Leftover>();
let channel: BroadcastChannel | null = null;
let count = 0;

/**
 * Says what would be left where the command were cut off from now on: call it before the thing is made, and what it returns when
 * the thing is gone or is to stay.
 */
export function leaving(leftover: Leftover): () => void {
  const key = `${threadId}:${count++}`;
  tell({ key, leftover });
  return () => tell({ key });
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
