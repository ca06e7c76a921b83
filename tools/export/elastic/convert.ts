import { sectionOf } from '../../detection/rules/section';
import type { CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import { measuredFields } from '../../detection/hunt/groups';
import type { HuntQuery } from '../../detection/hunt/types';
import { fieldsOf, type Contract } from '../../telemetry/contract';
import { contractFor, logsourceText } from '../../telemetry/logsource';
import { NotExportable, type Exactness, type ExportContent } from '../target';
import { esqlChain } from './chain';
import { esqlCount, esqlDetection, esqlOrdered } from './esql';
import { Differences, ExportedFields } from './fields';
import { indexPattern } from './names';
import { luceneQuery } from './query';
import type { Base, Input } from './rows';
import { ALERT_COLUMNS } from './newness';
import { esqlHunt, huntSchedule } from './hunt';
import { describedQuery, kibanaRule, type KibanaRule, type RequiredField, type TypeFields } from './rule';
import { eventSchedule, windowSchedule, type Schedule } from './schedule';
import { esqlSum } from './sum';

export interface Converted {
  rule: KibanaRule;
  exactness: Exactness;
  differences: string[];
}

/** Converts one rule. Throws `NotExportable` where Kibana has no rule that misses nothing of it. */
export function convert(rule: Rule, content: ExportContent): Converted {
  return rule.kind === 'detection' ? detection(rule, content) : correlation(rule, content);
}

/** Converts one query. Throws `NotExportable` where ES|QL can't say a part of it. */
export function convertQuery(query: HuntQuery, { contracts, acts }: ExportContent): Converted {
  const contract = contracts.get(query.source);
  if (!contract) throw new NotExportable(`No telemetry contract is called ${query.source}.`);
  const differences = new Differences();
  const text = esqlHunt(query, contract, differences);
  const fields = [...query.plan.fields, ...query.groupBy, ...measuredFields(query)];
  const sentences = differences.list();
  return {
    rule: kibanaRule({
      rule: describedQuery(query),
      contracts: [contract],
      acts: (query.tollgate?.acts ?? []).flatMap((id) => acts.get(id) ?? []),
      schedule: huntSchedule(query),
      specific: { type: 'esql', language: 'esql', query: text },
      investigate: [...query.groupBy, ...Object.keys(query.measures), ...Object.keys(query.derive)],
      required: requiredOf(fields, [contract]),
      differences: sentences,
      next: `Before: ${query.pivot.before}\n\nAfter: ${query.pivot.after}`,
    }),
    exactness: sentences.length > 0 ? 'superset' : 'exact',
    differences: sentences,
  };
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
  const query =
    chained.length > 0 ? esqlChain(rule, inputs, schedule, differences) : esqlQuery(rule, bases, schedule, differences);
  const specific: TypeFields = { type: 'esql', language: 'esql', query };
  return assemble(rule, content, bases, schedule, specific, [rule, ...chained], differences);
}

/** The query of a correlation over detections. */
function esqlQuery(rule: CorrelationRule, bases: Base[], schedule: Schedule, differences: Differences): string {
  switch (rule.type) {
    case 'event_count':
    case 'value_count':
    case 'temporal':
      return esqlCount(rule, bases, schedule, differences);
    case 'temporal_ordered':
      return esqlOrdered(rule, bases, schedule, differences);
    case 'value_sum':
      return esqlSum(rule, bases, schedule, differences);
    case 'value_avg':
    case 'value_percentile':
    case 'value_median':
      throw new NotExportable(`A ${rule.type} rises and falls as a window grows, so a longer window would miss some.`);
    default:
      return rule.type satisfies never;
  }
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
  const [outer] = correlations;
  const roles = contracts.flatMap(({ roles: { asset, identity, destination } }) => [asset, identity, destination]);
  // The alert of a group has no field of any one event.
  const carried = outer ? [...outer.groupBy, ...ALERT_COLUMNS] : roles.filter((role) => role !== null);
  const sentences = differences.list();
  return {
    rule: kibanaRule({
      rule,
      contracts,
      acts: (sectionOf(rule)?.acts ?? []).flatMap((id) => acts.get(id) ?? []),
      schedule,
      specific,
      investigate: [...new Set(carried)],
      required: requiredFields(correlations, bases),
      differences: sentences,
    }),
    exactness: sentences.length > 0 ? 'superset' : 'exact',
    differences: sentences,
  };
}

function requiredFields(correlations: CorrelationRule[], bases: Base[]): RequiredField[] {
  const counted = correlations.flatMap((rule) => [
    ...rule.groupBy,
    ...(rule.condition.field ?? []),
    ...Object.values(rule.aliases).flatMap((byRule) => Object.values(byRule)),
  ]);
  const aliases = correlations.flatMap((rule) => Object.keys(rule.aliases));
  const names = [...bases.flatMap((base) => base.rule.plan.fields), ...counted];
  return requiredOf(
    names.filter((name) => !aliases.includes(name)),
    bases.map(({ contract }) => contract),
  );
}

/** These fields and the two times, with their types, in order. */
function requiredOf(names: readonly string[], contracts: readonly Contract[]): RequiredField[] {
  return [...new Set(['@timestamp', 'event.ingested', ...names])].sort().flatMap((name) => {
    const owner = contracts.find((contract) => Object.hasOwn(fieldsOf(contract), name));
    if (!owner) return [];
    const { type, ecs } = fieldsOf(owner)[name]!;
    return [{ name, type, ecs: name.startsWith('@') || name === 'event.ingested' || ecs === name }];
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
