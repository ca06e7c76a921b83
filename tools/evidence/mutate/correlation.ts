import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import type { Path } from '@tollgate/sigma/rules/reporter';
import { nearby, type Mutation } from './change';
import { changedTrees, writtenTree } from './truth';

const BOUNDS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;

/**
 * Every change of a correlation: a group field, a rule or a counted field left out, a bound moved by one, the timespan by a
 * millisecond, a count of values made one of events, the order of events asked for or no longer.
 */
export function changesOfCorrelation(document: YamlDocument, rule: CorrelationRule): Mutation[] {
  const change = (at: Path, what: string, parts: Partial<CorrelationRule>): Mutation => ({
    document,
    path: ['correlation', ...at],
    what,
    to: { correlation: { ...rule, ...parts } },
  });
  const { groupBy, timespanMs, type } = rule;
  const group = groupBy.map((field, index) =>
    change(['group-by', index], `without ${field}`, { groupBy: groupBy.toSpliced(index, 1) }),
  );
  const timespan = [-1, 1].map((ms) =>
    change(['timespan'], `${ms > 0 ? '+' : '-'}1 ms`, { timespanMs: timespanMs + ms }),
  );
  const order: Partial<Record<typeof type, typeof type>> = {
    temporal: 'temporal_ordered',
    temporal_ordered: 'temporal',
  };
  const other = order[type];
  const ordered = other && !rule.condition.expression ? [change(['type'], other, { type: other })] : [];
  return [
    ...group,
    ...changesOfCondition(rule, change),
    ...changesOfRules(document, rule, change),
    ...timespan,
    ...ordered,
  ];
}

type Make = (at: Path, what: string, parts: Partial<CorrelationRule>) => Mutation;

function changesOfCondition({ condition, type }: CorrelationRule, change: Make): Mutation[] {
  const bounds = BOUNDS.flatMap((bound) => {
    const number = condition[bound];
    if (number === undefined) return [];
    return nearby(number).map((near) =>
      change(['condition', bound], `${near}`, { condition: { ...condition, [bound]: near } }),
    );
  });
  const { field, expression, ...rest } = condition;
  const fields = (field ?? []).map((name, index, all) =>
    change(
      ['condition', 'field', index],
      `without ${name}`,
      all.length > 1
        ? { condition: { ...condition, field: all.toSpliced(index, 1) } }
        : { condition: rest, type: 'event_count' },
    ),
  );
  const trees = (expression ? changedTrees(expression) : []).map((tree) =>
    change(
      ['condition'],
      writtenTree(tree, (position) => `rule ${position + 1}`),
      { condition: { expression: tree } },
    ),
  );
  return [...bounds, ...(type.startsWith('value_') ? fields : []), ...trees];
}

/** A rule left out; where all of them were wanted, all of the others are. The rules of an expression are changed with it. */
function changesOfRules(document: YamlDocument, { rules, condition, type }: CorrelationRule, change: Make): Mutation[] {
  if (rules.length === 1 || condition.expression) return [];
  const all = type.startsWith('temporal') && condition.gte === rules.length;
  const written = (document.value as { correlation: { rules: string[] } }).correlation.rules;
  return rules.map((_, index) =>
    change(['rules', index], `without ${written[index]}`, {
      rules: rules.toSpliced(index, 1),
      ...(all && { condition: { ...condition, gte: rules.length - 1 } }),
    }),
  );
}
