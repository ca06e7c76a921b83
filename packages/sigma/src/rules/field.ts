import { MAX_FIELD_LENGTH, MAX_FIELD_LEVELS } from './limits';

/** Why a field can't be read; `null` when it can. Each dot doubles the ways in which a record may nest it. */
export function fieldProblem(field: string): string | null {
  if (field.length > MAX_FIELD_LENGTH) return `a field's name has at most ${MAX_FIELD_LENGTH} characters`;
  if (field.split('.').length > MAX_FIELD_LEVELS) return `a field's name has at most ${MAX_FIELD_LEVELS} levels`;
  return null;
}
