import type { ParameterChange } from '../../detection/parameters/change';

/** Which parameters have other values than in their files, in a line; empty where none has. */
export function parametersText(changes: readonly ParameterChange[] = []): string {
  if (changes.length === 0) return '';
  const each = changes.map(({ parameter, value, was, unit }) => `${parameter} ${value} instead of ${was} ${unit}`);
  return `changed: ${each.join('; ')}`;
}
