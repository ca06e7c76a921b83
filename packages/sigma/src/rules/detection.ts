import { isMap } from '../values/map';
import { allOf } from './expr';
import { lowerItem } from './item';
import type { Expr } from './plan';
import { type Path, type Reporter } from './reporter';
import type { Placeholders } from './transform';

/**
 * One search identifier as an expression (rules specification, "Search-Identifier"): a map is an `and` of its items, a list
 * an `or` of maps and keywords. Returns `null` after an error, and reports all errors in it.
 */
export function lowerSelection(
  value: unknown,
  path: Path,
  placeholders: Placeholders,
  reporter: Reporter,
): Expr | null {
  if (!Array.isArray(value)) return lowerEntry(value, path, placeholders, reporter);
  if (value.length === 0) {
    reporter.error('empty-selection', path, 'an empty list matches nothing', 'give it values, or remove it');
    return null;
  }
  const entries = value.map((entry, index) => lowerEntry(entry, [...path, index], placeholders, reporter));
  return joined('or', entries);
}

function lowerEntry(value: unknown, path: Path, placeholders: Placeholders, reporter: Reporter): Expr | null {
  if (Array.isArray(value)) {
    reporter.error('nested-list', path, 'a list directly in a list has no meaning in Sigma', 'join the two lists');
    return null;
  }
  if (!isMap(value)) return lowerItem('', value, path, placeholders, reporter);
  const items = Object.entries(value);
  if (items.length === 0) {
    reporter.error('empty-selection', path, 'an empty map tests nothing', 'give it a field and a value, or remove it');
    return null;
  }
  return joined(
    'and',
    items.map(([key, item]) => lowerItem(key, item, [...path, key], placeholders, reporter)),
  );
}

function joined(op: 'and' | 'or', parts: (Expr | null)[]): Expr | null {
  const whole = parts.filter((part) => part !== null);
  if (whole.length < parts.length) return null;
  return allOf(op, whole);
}
