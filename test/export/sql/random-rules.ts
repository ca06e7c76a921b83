import type { CorrelationCondition, CorrelationRule, DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { BooleanTree, Expr, PatternPart, Test } from '@tollgate/sigma/rules/plan';
import { correlation, detection } from '../fixture';
import { DOOR, SHOP } from '../fixture';
import type { Dice } from './dice';
import { ADDRESSES, NUMBERS, TEXTS } from './random-events';

const FIELDS = [
  'action',
  'shop',
  'client.ip',
  'cs-agent',
  'number',
  'other',
  'tries',
  'price',
  'new',
  'labels',
  'block',
  'range',
];
const OPS = ['eq', 'lt', 'lte', 'gt', 'gte'] as const;

/** A predicate of a few tests of every kind. */
export function randomExpr(dice: Dice, depth = 2): Expr {
  const kind = depth === 0 ? 3 : dice.whole(0, 4);
  const parts = () => dice.times(dice.whole(1, 3), () => randomExpr(dice, depth - 1));
  if (kind === 0) return { op: 'and', all: parts() };
  if (kind === 1) return { op: 'or', any: parts() };
  if (kind === 2) return { op: 'not', expr: randomExpr(dice, depth - 1) };
  return { op: 'test', test: randomTest(dice) };
}

function randomTest(dice: Dice): Test {
  const field = dice.pick(FIELDS);
  const cased = dice.chance(0.3);
  const text = dice.pick(['go', ...TEXTS, ...NUMBERS]);
  switch (dice.whole(0, 9)) {
    case 0:
      return { kind: 'exists', field, present: dice.chance(0.5) };
    case 1:
      return { kind: 'null', field };
    case 2:
      return { kind: 'number', field, op: dice.pick(OPS), value: dice.pick([-3, 0, 2, 5, 0.25, 100]) };
    case 3:
      return { kind: 'boolean', field, value: dice.chance(0.5) };
    case 4:
      return {
        kind: 'cidr',
        field: dice.pick(['client.ip', field]),
        network: dice.pick(['10.0.0.0/24', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/32', '::/0']),
      };
    case 5: {
      const other = dice.pick(FIELDS);
      return { kind: 'ref', field, other, match: dice.pick(['equals', 'startswith', 'endswith', 'contains']), cased };
    }
    case 6:
      return {
        kind: 'regex',
        field,
        source: dice.pick(['^a', 'a.b', 'b$', '[0-9]+', '(a|go)', '\\\\', "'"]),
        ignoreCase: !cased,
        multiline: dice.chance(0.3),
        dotAll: dice.chance(0.5),
      };
    case 7:
      return {
        kind: 'time',
        field: dice.pick(['@timestamp', 'time']),
        part: dice.pick(['minute', 'hour', 'day', 'week', 'month', 'year']),
        op: dice.pick(OPS),
        value: dice.pick([0, 2, 5, 30, 2026]),
      };
    default:
      return {
        kind: 'pattern',
        field: dice.pick([field, 'client.ip']),
        parts: pattern(dice, dice.pick([text, ...ADDRESSES])),
        cased,
      };
  }
}

/** A text as it is, or with wildcards about it or in it. */
function pattern(dice: Dice, text: string): PatternPart[] {
  const parts: PatternPart[] = [];
  for (const character of text) {
    const kind = dice.roll();
    const last = parts.at(-1);
    if (kind < 0.08) parts.push({ wild: dice.pick(['any', 'one', 'dash']) });
    else if (typeof last === 'string') parts[parts.length - 1] = last + character;
    else parts.push(character);
  }
  return [
    ...(dice.chance(0.2) ? [{ wild: 'any' } as const] : []),
    ...parts,
    ...(dice.chance(0.2) ? [{ wild: 'any' } as const] : []),
  ];
}

/** A few detections, most of which take many events, and a correlation over them, or over others of them. */
export function randomRules(dice: Dice): { rules: Rule[]; outer: CorrelationRule } {
  const detections = dice.times(3, (index): DetectionRule => {
    const expr: Expr = dice.chance(0.3)
      ? randomExpr(dice)
      : {
          op: 'test',
          test: { kind: 'pattern', field: 'action', parts: [['go', 'stop', 'wait'][index]!], cased: false },
        };
    return { ...detection(`d${index}`, expr), logsource: (dice.chance(0.8) ? SHOP : DOOR).logsource };
  });
  const rules: Rule[] = [...detections];
  const groups = dice.some(['shop', 'labels', 'tries', 'number'], 0, 2);
  for (let depth = dice.pick([1, 1, 2, 2, 3]); depth > 0; depth--) {
    const below = rules.at(-1)!;
    const by = depth === 1 ? dice.some(groups, 0, 2) : groups;
    rules.push(randomCorrelation(dice, `c${depth}`, by, below.kind === 'correlation' ? below : null));
  }
  return { rules, outer: rules.at(-1) as CorrelationRule };
}

const TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_median',
  'value_percentile',
] as const;

function randomCorrelation(dice: Dice, id: string, groupBy: string[], below: CorrelationRule | null): CorrelationRule {
  const detections = dice.some(['d0', 'd1', 'd2'], below ? 0 : 1, 3);
  const rules = below ? [...detections, below.id] : detections;
  if (dice.chance(0.5)) rules.reverse();
  const type = dice.pick(below ? TYPES.slice(0, 4) : TYPES);
  const numeric = type.startsWith('value_') && type !== 'value_count';
  const countable = below ? below.groupBy : ['shop', 'labels', 'other', 'tries', 'price'];
  const kind = type === 'value_count' && countable.length === 0 ? 'event_count' : type;
  const field =
    kind === 'value_count'
      ? dice.some(countable, 1, 2)
      : numeric
        ? [dice.pick(['tries', 'price', 'cs-agent'])]
        : undefined;
  const aliases: CorrelationRule['aliases'] =
    !below && groupBy.includes('shop') && dice.chance(0.3) ? { shop: { [rules[0]!]: 'other' } } : {};
  return correlation(id, {
    type: kind,
    rules,
    groupBy,
    aliases,
    timespanMs: dice.pick([1, 1000, 60_000, 300_000, 900_000]),
    condition: {
      ...condition(dice, kind, rules.length),
      ...(field && { field }),
      ...(kind === 'value_percentile' && { percentile: dice.pick([0, 10, 50, 95, 100]) }),
    },
  });
}

function condition(dice: Dice, type: CorrelationRule['type'], rules: number): CorrelationCondition {
  if (type === 'temporal' && dice.chance(0.4)) return { expression: expression(dice, rules, 2) };
  const most = type === 'temporal' || type === 'temporal_ordered' ? rules : 4;
  if (dice.chance(0.6)) return { gte: dice.chance(0.5) ? most : dice.whole(1, most) };
  const bound = dice.pick([0, 1, 2, 2.5, 3, 0.3]);
  return dice.pick<CorrelationCondition>([
    { gt: bound },
    { lt: bound },
    { lte: bound },
    { eq: dice.whole(0, 3) },
    { neq: dice.whole(0, 2) },
    { gte: 1, lte: 2 },
  ]);
}

function expression(dice: Dice, rules: number, depth: number): BooleanTree<number> {
  const kind = depth === 0 ? 3 : dice.whole(0, 3);
  const parts = () => dice.times(2, () => expression(dice, rules, depth - 1));
  if (kind === 0) return { op: 'and', all: parts() };
  if (kind === 1) return { op: 'or', any: parts() };
  if (kind === 2) return { op: 'not', expr: expression(dice, rules, depth - 1) };
  return { op: 'test', test: dice.whole(0, rules - 1) };
}
