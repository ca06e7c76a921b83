import type { Event } from '@tollgate/sigma/values/event';
import { parseJson } from '@tollgate/sigma/values/json';

/**
 * The event on the line `[start, end)` of some bytes; `null` of an empty line. Throws a `SyntaxError` for what is no JSON
 * object.
 */
export function readEvent(bytes: Buffer, start: number, end: number): Event | null {
  const text = bytes.toString('utf8', start, end);
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (text.trim() === '') return null;
    throw error;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Event;
  throw new SyntaxError(`${text.trim().slice(0, 40)} is not a JSON object`);
}
