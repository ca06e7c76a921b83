import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import { untypedIndex } from '@tollgate/sigma-elasticsearch/mapping';
import type { Query } from '@tollgate/sigma-elasticsearch/query';
import type { ReadRule } from './rules';

export const TARGETS = ['elasticsearch'] as const;

/** What `tollgate compile` says of one rule. */
export interface CompiledRule {
  rule: string | null;
  title: string | null;
  path: string;
  target: (typeof TARGETS)[number];
  /** `superset`: the query finds all events that the rule means, and perhaps more. */
  exactness: 'exact' | 'superset' | 'refused';
  /** The `query` of a search's body; `null` where it was refused. */
  query: Query | null;
  /** Why it was refused; `null` where it was not. */
  error: string | null;
}

/** The query of a rule, for an index with the body that `indexBody` gives. */
export function compileRule({ id, title, path, rule, error }: ReadRule): CompiledRule {
  const base = { rule: id, title, path, target: 'elasticsearch' as const };
  if (rule === null) return { ...base, exactness: 'refused', query: null, error };
  const { query, bound } = compileQuery(rule.plan, null);
  return { ...base, exactness: bound === 'exact' ? 'exact' : 'superset', query, error: null };
}

/** The index that the queries of these rules need: its settings and mappings. */
export function indexBody(rules: readonly ReadRule[]): object {
  const asked = rules.flatMap(({ rule }) => (rule === null ? [] : compileQuery(rule.plan, null).asks));
  return untypedIndex(new Set(asked));
}
