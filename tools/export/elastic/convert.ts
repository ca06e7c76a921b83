import { sectionOf } from '../../detection/rules/section';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { NotExportable, type Exactness, type ExportContent } from '../target';
import { kibanaDuration } from './duration';
import { lowerBound } from './bound';
import { esqlChain } from './chain';
import { esqlDetection, esqlDistinct, esqlEventCount, esqlOrdered, esqlSum } from './esql';
import { Differences, ExportedFields } from './fields';
import { indexPattern } from './names';
import { luceneQuery } from './query';
import type { Base, Input } from './rows';
import { kibanaRule, MAX_SUPPRESSION_FIELDS, type KibanaRule, type TypeFields } from './rule';
import { eventSchedule, windowSchedule, type Schedule } from './schedule';
import { thresholdFields } from './threshold';

export interface Converted {
  rule: KibanaRule;
  exactness: Exactness;
  differences: string[];
}

/** Converts one rule. Throws `NotExportable` where Kibana has no rule that misses nothing of it. */
export function convert(rule: Rule, content: ExportContent): Converted {
  return rule.kind === 'detection' ? detection(rule, content) : correlation(rule, content);
}

function detection(rule: DetectionRule, content: ExportContent): Converted {
  const base = { rule, contract: contractOf(rule, content) };
  const differences = new Differences();
  const fields = new ExportedFields(base.contract);
  const specific = either<TypeFields>(
    () => ({
      type: 'query',
      language: 'lucene',
      query: luceneQuery(rule.plan.expr, fields, differences),
      index: [indexPattern(base.contract)],
    }),
    () => ({ type: 'esql', language: 'esql', query: esqlDetection(base, differences) }),
  );
  return assemble(rule, content, [base], eventSchedule(), specific, [], differences);
}

function correlation(rule: CorrelationRule, content: ExportContent): Converted {
  const inputs = rule.rules.map((id) => inputOf(id, content));
  const bases = inputs.flatMap((input) => input.bases);
  const chained = inputs.flatMap(({ inner }) => inner ?? []);
  const span = rule.timespanMs + Math.max(0, ...chained.map(({ timespanMs }) => timespanMs));
  const schedule = windowSchedule(span, [...new Set(bases.map(({ contract }) => contract))]);
  const differences = new Differences();
  if (rule.type === 'event_count' && chained.length === 0) {
    const threshold = thresholdFields(rule, bases, lowerBound(rule), differences);
    if (threshold) return assemble(rule, content, bases, threshold.schedule, threshold.specific, [rule], differences);
  }
  const query =
    chained.length > 0 ? esqlChain(rule, inputs, differences) : esqlQuery(rule, bases, schedule, differences);
  const specific = aggregating(rule, query, schedule, differences);
  return assemble(rule, content, bases, schedule, specific, [rule, ...chained], differences);
}

/** The query of a correlation over detections. */
function esqlQuery(rule: CorrelationRule, bases: Base[], schedule: Schedule, differences: Differences): string {
  switch (rule.type) {
    case 'event_count':
      return esqlEventCount(rule, bases, lowerBound(rule), schedule, differences);
    case 'value_count':
      return esqlDistinct(rule, bases, rule.condition.field ?? [], lowerBound(rule), differences);
    case 'temporal':
      return esqlDistinct(rule, bases, 'rules', lowerBound(rule), differences);
    case 'temporal_ordered':
      return esqlOrdered(rule, bases, differences);
    case 'value_sum':
      return esqlSum(rule, bases, differences);
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      throw new NotExportable(`A ${rule.type} rises and falls as a window grows, so a longer window would miss some.`);
    default:
      return rule.type satisfies never;
  }
}

/** An ES|QL rule over groups: its alerts are folded by group until the burst has left the lookback. */
function aggregating(rule: CorrelationRule, query: string, schedule: Schedule, differences: Differences): TypeFields {
  const specific: TypeFields = { type: 'esql', language: 'esql', query };
  const { groupBy } = rule;
  if (groupBy.length === 0 || groupBy.length > MAX_SUPPRESSION_FIELDS) {
    differences.add(
      'reports otherwise',
      'A burst alerts on each run until it has left the lookback, because Kibana suppresses by one to three fields only.',
    );
    return specific;
  }
  const duration = kibanaDuration(Math.max(schedule.lookback, rule.timespanMs));
  differences.add(
    'reports otherwise',
    `Alerts of one group are folded into one for ${duration.value}${duration.unit} (the lookback), which needs Kibana's Platinum licence; without it a burst alerts on each run until it has left the lookback.`,
  );
  return { ...specific, alert_suppression: { group_by: groupBy, duration, missing_fields_strategy: 'doNotSuppress' } };
}

function assemble(
  rule: Rule,
  { acts }: ExportContent,
  bases: Base[],
  schedule: Schedule,
  specific: TypeFields,
  correlations: CorrelationRule[],
  differences: Differences,
): Converted {
  const contracts = [...new Set(bases.map(({ contract }) => contract))];
  const roles = contracts.flatMap(({ roles: { asset, identity, destination } }) => [asset, identity, destination]);
  const investigate = [
    ...new Set([...correlations.flatMap(({ groupBy }) => groupBy), ...roles.filter((role) => role !== null)]),
  ];
  const sentences = differences.list();
  return {
    rule: kibanaRule({
      rule,
      contracts,
      acts: (sectionOf(rule)?.acts ?? []).flatMap((id) => acts.get(id) ?? []),
      schedule,
      specific,
      investigate,
      required: requiredFields(correlations, bases),
      differences: sentences,
    }),
    exactness: differences.findsMore ? 'superset' : 'exact',
    differences: sentences,
  };
}

function requiredFields(correlations: CorrelationRule[], bases: Base[]): { name: string; type: string }[] {
  const counted = correlations.flatMap((rule) => [
    ...rule.groupBy,
    ...(rule.condition.field ?? []),
    ...Object.values(rule.aliases).flatMap((byRule) => Object.values(byRule)),
  ]);
  const aliases = correlations.flatMap((rule) => Object.keys(rule.aliases));
  const names = new Set([
    '@timestamp',
    'event.ingested',
    ...bases.flatMap((base) => base.rule.plan.fields),
    ...counted,
  ]);
  return [...names]
    .filter((name) => !aliases.includes(name))
    .sort()
    .flatMap((name) => {
      const owner = bases.find(({ contract }) => Object.hasOwn(fieldsOf(contract), name));
      return owner ? [{ name, type: fieldsOf(owner.contract)[name]!.type }] : [];
    });
}

/** What a correlation refers to by this id; the detections of a correlation, where it is one. */
function inputOf(id: string, content: ExportContent): Input {
  const rule = content.rules.find((candidate) => candidate.id === id);
  if (!rule) throw new NotExportable(`The rule ${id}, which it refers to, is not among the rules.`);
  if (rule.kind === 'detection') return { id, bases: [{ rule, contract: contractOf(rule, content) }] };
  const below = rule.rules.map((inner) => inputOf(inner, content));
  if (below.some(({ inner }) => inner)) {
    throw new NotExportable('Correlations of correlations of correlations are not written for Elastic.');
  }
  return { id, bases: below.flatMap(({ bases }) => bases), inner: rule };
}

function contractOf(rule: DetectionRule, { contracts }: ExportContent): Contract {
  const contract = contractFor(rule.logsource, contracts.values());
  if (!contract) throw new NotExportable(`No telemetry contract has the log source ${logsourceText(rule.logsource)}.`);
  return contract;
}

/** The first of two ways that can say the rule; the reason of the second where neither can. */
function either<T>(first: () => T, second: () => T): T {
  try {
    return first();
  } catch (error) {
    if (error instanceof NotExportable) return second();
    throw error;
  }
}
