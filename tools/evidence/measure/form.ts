import { isMap } from '@tollgate/sigma/values/map';

/** Episodes and campaigns of a measurement. No real one comes near; limits of a count take time that grows with its root. */
export const MAX_COUNT = 10_000_000;

/** What a value must look like. */
export type StoredForm = (value: unknown) => boolean;

export const text: StoredForm = (value) => typeof value === 'string';
export const number: StoredForm = (value) => Number.isFinite(value);
/** Of what was counted. */
export const count: StoredForm = (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT;
export const truth: StoredForm = (value) => typeof value === 'boolean';
export const orNull =
  (form: StoredForm): StoredForm =>
  (value) =>
    value === null || form(value);
export const listOf =
  (form: StoredForm): StoredForm =>
  (value) =>
    Array.isArray(value) && value.every(form);
/** An object with these entries; it may have more. */
export const holding =
  (entries: Record<string, StoredForm>): StoredForm =>
  (value) =>
    isMap(value) && Object.entries(entries).every(([name, form]) => form(value[name]));
export const mapOf =
  (form: StoredForm): StoredForm =>
  (value) =>
    isMap(value) && Object.values(value).every(form);

/** The first entry of an object that is not as it should be; empty where it is no object at all, null where all is well. */
export function wrongEntry(value: unknown, entries: Record<string, StoredForm>): string | null {
  if (!isMap(value)) return '';
  return Object.entries(entries).find(([name, form]) => !form(value[name]))?.[0] ?? null;
}
