import { foldCase } from '@tollgate/sigma/values/fold';
import type { Expr, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import type { Contract } from '../../telemetry/contract';
import { curveName, curvesOf, pointsOf } from '../plan/curves';
import { countedMembers } from '../plan/members';
import type { Hunt, Member, SlidingWindow, Source } from '../plan/types';
import { checkExistence, holdable, KEYWORDS, type Differences, ExportedFields } from '../lucene/fields';
import { indexPattern } from '../lucene/names';
import { NotExportable } from '../target';
import { ANY, ONE } from './match-script';

/** A test as `holds` of `match-script.ts` reads it. */
type Holds =
  | { op: 'and' | 'or'; of: Holds[] }
  | { op: 'not'; of: Holds }
  | { op: 'like'; field: string; value: string }
  | { op: 'is'; field: string; value: string | boolean }
  | { op: 'present'; field: string; value: boolean }
  | { op: 'eq' | 'lt' | 'lte' | 'gt' | 'gte'; field: string; value: number };

const NEVER: Holds = { op: 'or', of: [] };

/** A source of rows: whose index, which records, what is counted of them, and by what an inner window groups them. */
interface SourceRows {
  index: string;
  test: Holds;
  values: string[];
  by: string[];
  sums: boolean;
}

interface WindowParameters {
  kind: string;
  ms: number;
  condition: Record<string, number>;
  members: ({ source: number } | { sources: number[]; window: WindowParameters })[];
}

/** What the scripts of a window read, but for the time of the run. Throws `NotExportable` for what they can't say. */
export function windowParameters(
  window: SlidingWindow,
  differences: Differences,
): { sources: SourceRows[]; window: WindowParameters } {
  const sources: SourceRows[] = [];
  return { window: windowOf(window, [], sources, differences), sources };
}

const KINDS = ['events', 'distinct', 'sum', 'rules', 'ordered'];

function windowOf(
  window: SlidingWindow,
  inner: string[],
  sources: SourceRows[],
  differences: Differences,
): WindowParameters {
  const { quantity, timespanMs, silent, condition } = window;
  if (silent)
    throw new NotExportable('Its condition holds of nothing, and of what is not there a search finds no group.');
  if (!KINDS.includes(quantity.kind) || 'expression' in quantity)
    throw new NotExportable(`The script has no ${'expression' in quantity ? 'expression over rules' : quantity.kind}.`);
  if (quantity.kind === 'sum') differences.add('Numbers that are not whole are added as doubles.');
  const members = countedMembers(window).map((member) => {
    if (`${member.by.join()}` !== window.by.join())
      throw new NotExportable('Its rules are grouped by fields of different names.');
    return memberOf(member, window, inner, sources, differences);
  });
  const bounds = Object.entries(condition).flatMap(([op, value]) => (op === 'field' ? [] : [[op, Number(value)]]));
  return {
    kind: quantity.kind,
    ms: timespanMs,
    condition: Object.fromEntries(bounds) as Record<string, number>,
    members,
  };
}

function memberOf(
  { of, values }: Member,
  { quantity, by }: SlidingWindow,
  inner: string[],
  sources: SourceRows[],
  differences: Differences,
): WindowParameters['members'][0] {
  if (of.op === 'source') {
    const rows = {
      index: indexOf(of.contract),
      test: testOf(of, differences),
      values,
      by: inner,
      sums: quantity.kind === 'sum',
    };
    refuseLists(of.contract, [...values, ...inner]);
    return { source: sources.push(rows) - 1 };
  }
  if (inner.length > 0 || values.length > 0)
    throw new NotExportable('It counts values of a correlation, or is one of correlations of correlations.');
  if (!by.every((field) => of.by.includes(field)))
    throw new NotExportable('It is grouped by a field that an inner correlation does not group by.');
  const first = sources.length;
  const window = windowOf(of, of.by, sources, differences);
  return { window, sources: Array.from({ length: sources.length - first }, (_, place) => first + place) };
}

/** What the scripts of a hunt read, but for the time of the run. */
export function huntParameters(hunt: Hunt, differences: Differences): object {
  const { contract, selections, measures, derived, filter, windowMs, settleMs, baselineMs } = hunt;
  const curves = curvesOf([{ kind: 'hunt', hunt }]).map((curve) => {
    const points = pointsOf(curve);
    return [
      curveName(curve),
      { kind: curve.kind, at: points.map(({ at }) => at), values: points.map(({ value }) => value) },
    ];
  });
  const { every, delay } = ticksOf(hunt);
  refuseText(contract, measures);
  return {
    ...{ every, delay, window: windowMs, settle: settleMs, baseline: baselineMs },
    selections: Object.fromEntries(selections.map(({ name, source }) => [name, testOf(source, differences)])),
    measures: measures.map((measure) => ({ ...measure, percentile: measure.percentile ?? 50 })),
    derived: derived.map((step) => (step.op === 'look-up' ? { ...step, curve: curveName(step.curve) } : step)),
    filter,
    curves: Object.fromEntries(curves) as object,
  };
}

/** How often a hunt runs, and how long after its tick (ms); one without a schedule once a window. */
export function ticksOf({ schedule, windowMs }: Hunt): { every: number; delay: number } {
  return { every: schedule?.everyMs ?? windowMs, delay: schedule?.delayMs ?? 0 };
}

function refuseText(contract: Contract, measures: Hunt['measures']): void {
  const fields = new ExportedFields(contract);
  for (const { how, field } of measures)
    if (field !== undefined && how !== 'distinct' && !['long', 'double'].includes(fields.get(field).type))
      throw new NotExportable(`It measures ${field}, which is not a number.`);
}

/** A list of several values is to a rule no value that it could count, and to a document several. */
function refuseLists(contract: Contract, names: string[]): void {
  const fields = new ExportedFields(contract);
  const list = names.find((name) => fields.get(name).list);
  if (list !== undefined) throw new NotExportable(`It counts or groups by ${list}, which is a list.`);
}

/** Part of the name of each index of a source's data streams. */
function indexOf(contract: Contract): string {
  return indexPattern(contract).replace('*', '');
}

function testOf({ contract, predicate }: Source, differences: Differences): Holds {
  return holds(predicate, new ExportedFields(contract), differences, false);
}

function holds(expr: Expr, fields: ExportedFields, differences: Differences, negated: boolean): Holds {
  switch (expr.op) {
    case 'and':
      return { op: 'and', of: expr.all.map((one) => holds(one, fields, differences, negated)) };
    case 'or':
      return { op: 'or', of: expr.any.map((one) => holds(one, fields, differences, negated)) };
    case 'not':
      return { op: 'not', of: holds(expr.expr, fields, differences, !negated) };
    case 'test':
      return test(expr.test, fields, differences, negated);
    default:
      return expr satisfies never;
  }
}

function test(one: Test, fields: ExportedFields, differences: Differences, negated: boolean): Holds {
  switch (one.kind) {
    case 'pattern':
      return pattern(one, fields);
    case 'exists':
      checkExistence(fields, one.field, one.present, negated, differences);
      return { op: 'present', field: one.field, value: one.present };
    case 'null':
      fields.get(one.field);
      return { op: 'present', field: one.field, value: false };
    case 'boolean':
      expectType(fields, one.field, ['boolean']);
      return { op: 'is', field: one.field, value: one.value };
    case 'number':
      if (one.op === 'eq' && fields.get(one.field).type === 'keyword')
        return { op: 'is', field: one.field, value: String(one.value) };
      expectType(fields, one.field, ['long', 'double']);
      return { op: one.op, field: one.field, value: Number(one.value) };
    case 'cidr':
    case 'regex':
    case 'time':
    case 'ref':
      throw new NotExportable(`The script has no test of the kind ${one.kind}.`);
    default:
      return one satisfies never;
  }
}

function pattern({ field, parts, cased }: Extract<Test, { kind: 'pattern' }>, fields: ExportedFields): Holds {
  if (field === null) throw new NotExportable(KEYWORDS);
  const { type } = fields.get(field);
  const literal = parts.every((part) => typeof part === 'string') ? parts.join('') : null;
  if (type === 'keyword') {
    const place = cased ? field : fields.folded(field);
    const text = parts.map((part) => written(part, cased)).join('');
    return literal === null ? { op: 'like', field: place, value: text } : { op: 'is', field: place, value: text };
  }
  if (literal === null || type === 'date' || type === 'ip')
    throw new NotExportable(`${field} is of type ${type}, which the script compares with no text.`);
  if (!holdable(type, literal)) return NEVER;
  return type === 'boolean'
    ? { op: 'is', field, value: literal === 'true' }
    : { op: 'eq', field, value: Number(literal) };
}

function written(part: PatternPart, cased: boolean): string {
  if (typeof part !== 'string') return part.wild === 'any' ? ANY : ONE;
  if (part.includes(ANY) || part.includes(ONE))
    throw new NotExportable('A text has a sign that the script keeps for itself.');
  return cased ? part : foldCase(part);
}

function expectType(fields: ExportedFields, name: string, types: string[]): void {
  const { type } = fields.get(name);
  if (!types.includes(type)) throw new NotExportable(`${name} is of type ${type}, which the script can't compare so.`);
}
