import { isMetBySilence } from '@tollgate/sigma/correlate/condition';
import { fieldOf } from '@tollgate/sigma/correlate/source';
import type { CorrelationRule, DetectionRule } from '@tollgate/sigma/rules/model';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { NotExportable, type ExportContent } from '../target';
import { withoutDashes } from './dashes';
import type { Member, WindowQuantity, Source, SlidingWindow } from './types';

/** What a detection rule matches. Throws `NotExportable` where no contract has its log source. */
export function sourceOf(rule: DetectionRule, { contracts }: ExportContent): Source {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!contract) throw new NotExportable(`No telemetry contract has the log source ${logsourceText(rule.logsource)}.`);
  return { op: 'source', contract, predicate: withoutDashes(rule.plan.expr) };
}

/** The window of a correlation, with those of the correlations that it refers to inside. */
export function windowOf(rule: CorrelationRule, content: ExportContent, isInner = false): SlidingWindow {
  const quantity = quantityOf(rule);
  const members = [...new Set(rule.rules)].map((id) => memberOf(rule, id, content));
  const silent = isMetBySilence(rule);
  return {
    op: quantity.kind === 'ordered' ? 'chain' : 'sweep',
    members,
    by: rule.groupBy,
    quantity,
    condition: rule.condition,
    timespanMs: rule.timespanMs,
    silent,
    everyStep: isInner || silent || !isKeptByMore(rule, quantity),
  };
}

function memberOf(rule: CorrelationRule, id: string, content: ExportContent): Member {
  const input = content.rules.find((other) => other.id === id);
  if (!input) throw new NotExportable(`The rule ${id}, which it refers to, is not among the rules.`);
  const by = rule.groupBy.map((name) => fieldOf(rule, name, id));
  const values = (rule.condition.field ?? []).map((name) => fieldOf(rule, name, id));
  const place = { op: 'group' as const, rule: rule.rules.indexOf(id), by, values };
  if (input.kind === 'detection') return { ...place, of: sourceOf(input, content) };
  const carried = [...by, ...values].find((field) => !input.groupBy.includes(field));
  if (carried !== undefined)
    throw new NotExportable(
      `It reads ${carried} of the correlation "${input.title}", which doesn't group by it: each step would have all values of its window.`,
    );
  return { ...place, of: windowOf(input, content, true) };
}

function quantityOf({ type, rules, condition }: CorrelationRule): WindowQuantity {
  switch (type) {
    case 'event_count':
      return { kind: 'events' };
    case 'value_count':
      return { kind: 'distinct' };
    case 'value_sum':
      return { kind: 'sum' };
    case 'value_avg':
      return { kind: 'mean' };
    case 'value_median':
      return { kind: 'percentile', percent: 50 };
    case 'value_percentile':
      return { kind: 'percentile', percent: condition.percentile ?? 50 };
    case 'temporal':
      return {
        kind: 'rules',
        rules: rules.length,
        ...(condition.expression !== undefined && { expression: condition.expression }),
      };
    case 'temporal_ordered':
      return { kind: 'ordered', rules: rules.length };
    default:
      return type satisfies never;
  }
}

/** Whether a condition that holds of a count holds of each higher one: then a step at which the count does not rise changes nothing. */
function isKeptByMore({ condition }: CorrelationRule, { kind }: WindowQuantity): boolean {
  const { lt, lte, eq, neq, expression } = condition;
  if ([lt, lte, eq, neq, expression].some((bound) => bound !== undefined)) return false;
  return kind === 'events' || kind === 'distinct' || kind === 'rules' || kind === 'ordered';
}
