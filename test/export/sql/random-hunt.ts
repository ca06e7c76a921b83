import type { Formula, HuntQuery, Measure } from '../../../tools/detection/hunt/types';
import { SHOP } from '../fixture';
import type { Dice } from './dice';
import { randomExpr } from './random-rules';

/** A query of a few measures over a window and a baseline, with numbers derived of them. */
export function randomHunt(dice: Dice): HuntQuery {
  const names = dice.some(['first', 'second'], 1, 2);
  const selections = Object.fromEntries(
    names.map((name) => [
      name,
      { expr: dice.chance(0.5) ? randomExpr(dice) : { op: 'and' as const, all: [] }, fields: [] },
    ]),
  );
  const measures = Object.fromEntries(
    dice.times(dice.whole(1, 4), (index) => [`m${index}`, randomMeasure(dice, names)]),
  );
  const known = Object.keys(measures);
  const derive: Record<string, Formula> = {};
  for (const name of dice.some(['d0', 'd1', 'd2'], 0, 3)) {
    derive[name] = randomNumber(dice, known, 2);
    known.push(name);
  }
  return {
    id: 'hunt',
    title: 'A hunt',
    status: 'test',
    level: 'low',
    description: '',
    references: [],
    tags: [],
    file: 'hunt.yml',
    source: SHOP.id,
    scope: { asset: 'shop', identity: null },
    window: {
      defaultMs: dice.pick([60_000, 600_000, 3_600_000]),
      maxMs: 86_400_000,
      settleMs: dice.pick([0, 1000, 300_000]),
    },
    baselineMs: dice.pick([0, 600_000, 7_200_000]),
    parameters: { limit: { type: 'number', default: dice.pick([0, 1, 2.5]) } },
    selections,
    plan: { expr: { op: 'or', any: Object.values(selections).map(({ expr }) => expr) }, fields: [] },
    groupBy: dice.some(['shop', 'number', 'action', 'labels', 'new'], 1, 2),
    measures,
    derive,
    having: dice.chance(0.3)
      ? { op: '>=', left: { op: 'measure', name: 'm0' }, right: { op: 'number', value: 0 } }
      : randomTruth(dice, known, 2),
    sort: [{ by: dice.pick(known), descending: dice.chance(0.5) }],
    ...(dice.chance(0.5) && { schedule: { everyMs: dice.pick([60_000, 600_000]), delayMs: dice.pick([0, 60_000]) } }),
    pivot: { before: '', after: '' },
  };
}

function randomMeasure(dice: Dice, selections: readonly string[]): Measure {
  const over = dice.pick(['window', 'window', 'baseline'] as const);
  const of = dice.pick(selections);
  const how = dice.pick(['count', 'distinct', 'distinct', 'sum', 'avg', 'min', 'max', 'percentile'] as const);
  if (how === 'count') return { how, of, over };
  if (how === 'distinct')
    return {
      how,
      of,
      over,
      field: dice.pick(['other', 'labels', 'tries', 'price', 'new']),
      ...(dice.chance(0.5) && { also: dice.pick(selections) }),
    };
  return {
    how,
    of,
    over,
    field: dice.pick(['tries', 'price']),
    ...(how === 'percentile' && { percentile: dice.pick([10, 50, 95]) }),
  };
}

function randomNumber(dice: Dice, known: readonly string[], depth: number): Formula {
  const part = () => randomNumber(dice, known, depth - 1);
  const kind = depth === 0 ? dice.whole(4, 6) : dice.whole(0, 6);
  // Beyond the points of a curve that stand side by side, values are interpolated.
  const small = (): Formula => ({ op: 'call', name: 'min', args: [part(), { op: 'number', value: 30 }] });
  const constant: Formula = { op: 'number', value: dice.pick([0, 1, 0.5, 20]) };
  switch (kind) {
    case 0:
      return { op: 'call', name: 'upper95', args: [small()] };
    case 1: {
      const [spread, chance] = dice.pick([
        [0, 0.01],
        [0.2, 0.001],
        [0.3, 1e-6],
      ] as const);
      return {
        op: 'call',
        name: 'count_limit',
        args: [small(), { op: 'number', value: spread }, { op: 'number', value: chance }],
      };
    }
    case 2:
      return { op: 'call', name: dice.pick(['max', 'min']), args: [part(), part()] };
    case 3:
      return { op: dice.pick(['+', '-', '*', '/'] as const), left: part(), right: part() };
    case 4:
      return constant;
    case 5:
      return { op: 'parameter', name: 'limit' };
    default:
      return { op: 'measure', name: dice.pick(known) };
  }
}

function randomTruth(dice: Dice, known: readonly string[], depth: number): Formula {
  const kind = depth === 0 ? 3 : dice.whole(0, 5);
  if (kind === 0) return { op: 'not', formula: randomTruth(dice, known, depth - 1) };
  if (kind <= 2)
    return {
      op: kind === 1 ? 'and' : 'or',
      left: randomTruth(dice, known, depth - 1),
      right: randomTruth(dice, known, depth - 1),
    };
  return {
    op: dice.pick(['<', '<=', '>', '>=', '==', '!='] as const),
    left: randomNumber(dice, known, 1),
    right: randomNumber(dice, known, 1),
  };
}
