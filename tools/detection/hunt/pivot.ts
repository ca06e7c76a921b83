import { jsonOf } from '@tollgate/sigma/values/json';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Reporter } from '@tollgate/sigma/rules/reporter';
import type { HuntQuery, HuntRow, HuntRun, HuntScope } from './types';

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Reports each `{name}` in a pivot that a row can't fill in. `fields` are the group-by and scope fields. */
export function checkPivot(pivot: Record<string, unknown>, fields: string[], reporter: Reporter): void {
  const known = [...fields, 'from', 'to'];
  for (const [key, text] of Object.entries(pivot)) {
    if (typeof text !== 'string') continue;
    for (const [, name] of text.matchAll(PLACEHOLDER)) {
      if (known.includes(name!)) continue;
      const hint = didYouMean(name!, known);
      reporter.error('unknown-placeholder', ['pivot', key], `a row has no '{${name}}' to fill in`, hint);
    }
  }
}

/**
 * The pivots of a row with their placeholders filled in: a field with the row's value, or the scope's, or `*` where the hunt was not
 * limited to one; `{from}` and `{to}` with the window's ends. Text stands in quotes as in JSON, so that a
 * value out of a log cannot end its own quotes when the pivot is pasted into a search.
 */
export function fillPivot(query: HuntQuery, row: HuntRow, run: HuntRun, scope: HuntScope): HuntQuery['pivot'] {
  const values = new Map<string, string>([
    ['from', new Date(run.from).toISOString()],
    ['to', new Date(run.to).toISOString()],
    [query.scope.asset, scope.asset === undefined ? '*' : JSON.stringify(scope.asset)],
  ]);
  if (query.scope.identity !== null) {
    values.set(query.scope.identity, scope.identity === undefined ? '*' : JSON.stringify(scope.identity));
  }
  for (const [field, value] of Object.entries(row.group)) values.set(field, jsonOf(value));
  const fill = (text: string): string => text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
  return { before: fill(query.pivot.before), after: fill(query.pivot.after) };
}
