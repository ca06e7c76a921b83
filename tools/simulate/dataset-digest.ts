import { createHash } from 'node:crypto';
import { codeDigest } from '../foundation/code-digest';

/**
 * SHA-256 of everything that decides the bytes of a dataset: what it is made of (the options of `buildDataset`), in the order in which that stands there, since
 * draws follow it, and the code that makes it. Prose is part of it too: better made anew than mistaken for another. Null where the code
 * can't be told.
 */
export function datasetDigest(options: object, code = codeDigest()): string | null {
  if (code === null) return null;
  const text = JSON.stringify([code, options], told);
  return createHash('sha256').update(text).digest('hex');
}

/** Values that JSON leaves out or makes others of. */
function told(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { map: [...(value as Map<unknown, unknown>)] };
  if (value instanceof Set) return { set: [...(value as Set<unknown>)] };
  if (value instanceof RegExp) return { expression: String(value) };
  if (typeof value === 'bigint' || value === undefined) return { [typeof value]: String(value) };
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { number: Object.is(value, -0) ? '-0' : String(value) };
  }
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('what decides a dataset is no data');
  return value;
}
