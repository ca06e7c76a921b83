import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Proved } from './prover';

const FOLDER = join(__dirname, 'results');

/** A line of a target's results: what it did with one detector on a world's day. */
export interface Result {
  world: string;
  detector: string;
  /** Of what was executed. */
  digest: string;
  true: number;
  made: number;
  missed: number;
  extra: number;
  late: number;
  documents: number;
  runs: number;
  /** Milliseconds of a run: the median and the most. */
  ms: [number, number];
  mb: number | null;
}

/** The committed results of a target; none where it has not been run. */
export function readResults(target: string): Result[] {
  const path = pathOf(target);
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Result);
}

/** Writes results in the order of the worlds and detectors; of two of the same the last counts. */
export function writeResults(target: string, results: readonly Result[]): void {
  const byKey = new Map(results.map((one) => [`${one.world} ${one.detector}`, one]));
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => `${JSON.stringify(one)}\n`);
  mkdirSync(dirname(pathOf(target)), { recursive: true });
  writeFileSync(pathOf(target), sorted.join(''));
}

export function resultOf(world: string, executed: string, proved: Proved): Result {
  const { detector, verdict, documents, bytes } = proved;
  const took = [...proved.took].sort((a, b) => a - b);
  return {
    world,
    detector: detector.id,
    digest: digestOf(executed),
    true: verdict.true,
    made: verdict.made,
    missed: verdict.missed.length,
    extra: verdict.extra.length,
    late: verdict.late.length,
    documents,
    runs: took.length,
    ms: [Math.round(took[took.length >> 1] ?? 0), Math.round(took.at(-1) ?? 0)],
    mb: bytes === null ? null : Math.round(bytes / 1e6),
  };
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function pathOf(target: string): string {
  return join(FOLDER, `${target}.ndjson`);
}
