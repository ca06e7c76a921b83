import { either, both, NONE, without, type Query } from '@tollgate/sigma-elasticsearch/query';
import { sayIn, type Clause, type Place } from './say';

/** What stands for a field that a compiled query asks. */
export type FieldMeaning =
  /** The index fields that may hold it; `folded`: in whatever case. */
  | { places: Place[]; folded: boolean; address: boolean }
  /** It is in no index, and what finds the records that may have it. */
  | { derived: Query };

/** A query in an index's own names, and whether it finds just what is meant, or more. */
export interface Translated {
  query: Query;
  exact: boolean;
}

/** To which side a query may err: more than meant, or fewer. A `not` turns it round. */
type Side = 'over' | 'under';

/**
 * Says a compiled query in the names of another index. What a clause can't say there, as a pattern in a part of a flattened field, becomes
 * that the field has a value. `target` throws a `Failure` for a field that the index lacks.
 */
export function translate(query: Query, target: (field: string) => FieldMeaning, side: Side = 'over'): Translated {
  if ('match_all' in query || 'match_none' in query) return { query, exact: true };
  if ('bool' in query) {
    const { filter = [], should = [], must_not: not = [] } = query.bool;
    const all = filter.map((one) => translate(one, target, side));
    const any = should.map((one) => translate(one, target, side));
    const none = not.map((one) => translate(one, target, side === 'over' ? 'under' : 'over'));
    const parts = [...all.map((one) => one.query), ...none.map((one) => without(one.query))];
    if (any.length > 0) parts.push(either(any.map((one) => one.query)));
    return { query: both(parts), exact: [...all, ...any, ...none].every(({ exact }) => exact) };
  }
  if ('exists' in query) return presence(target(query.exists.field), side);
  const [[kind, fields]] = Object.entries(query) as [[Clause['kind'], Record<string, unknown>]];
  const [[field, value]] = Object.entries(fields) as [[string, unknown]];
  const found = target(field);
  if ('derived' in found) return presence(found, side);
  const clause = { kind, value: (typeof value === 'object' ? value : { value }) as Clause['value'], ...found };
  const parts = found.places.map((place): Translated => {
    const said = sayIn(place, clause);
    if (said !== null) return { query: said, exact: true };
    return { query: side === 'over' ? { exists: { field: place.field } } : NONE, exact: false };
  });
  return { query: either(parts.map((part) => part.query)), exact: parts.every(({ exact }) => exact) };
}

/** Whether something derived has a value is told by a second look. */
function presence(target: FieldMeaning, side: Side): Translated {
  if ('derived' in target) return { query: side === 'over' ? target.derived : NONE, exact: false };
  return { query: either(target.places.map(({ field }): Query => ({ exists: { field } }))), exact: true };
}
