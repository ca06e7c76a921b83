import fc from 'fast-check';
import { parentPort, workerData } from 'node:worker_threads';
import { TARGETS } from './targets';

/** Memory that the guard reads while the worker is busy. */
export interface Shared {
  /** `[number of inputs begun, length of the input that is being checked]`. */
  state: Int32Array;
  /** The input that is being checked. */
  input: Uint8Array;
}

export interface Order {
  target: string;
  seed: number;
  runs: number;
}

export interface Found {
  error: string;
  input: Uint8Array;
}

const { state, input } = workerData as Shared;

/** Runs one target. Every input is left where the guard sees it before it is checked, since a hang can't tell. */
function run({ target: name, seed, runs }: Order): Found | null {
  const target = TARGETS.find((each) => each.name === name)!;
  const property = fc.property(target.input, (bytes) => {
    input.set(bytes);
    Atomics.store(state, 1, bytes.length);
    Atomics.add(state, 0, 1);
    target.check(bytes);
  });
  const { failed, errorInstance: error, counterexample } = fc.check(property, { seed, numRuns: runs });
  if (!failed) return null;
  return { error: error instanceof Error ? (error.stack ?? error.message) : String(error), input: counterexample![0] };
}

parentPort!.on('message', (order: Order) => parentPort!.postMessage(run(order)));
