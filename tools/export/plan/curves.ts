import { chanceOf } from '../../foundation/statistics/count-limit';
import { upper95 } from '../../foundation/statistics/poisson';
import type { DetectorPlan, NamedCurve } from './types';

/** A point of a curve. */
export interface Point {
  at: number;
  value: number;
}

/** Every count up to here has a point, and beyond one in fifty; what lies between is interpolated. */
export const EXACT = 200;
const STEP = 1.02;
/** Far more than any group has. */
const LAST = 1_000_000;

const known = new Map<string, Point[]>();

/** What a curve is called in the table of curves. */
export function curveName(curve: NamedCurve): string {
  return curve.kind === 'upper95' ? 'upper95' : `count_limit ${curve.spread} ${curve.chance}`;
}

/** The curves that some detectors look up, in the order of their names. */
export function curvesOf(plans: readonly DetectorPlan[]): NamedCurve[] {
  const curves = new Map<string, NamedCurve>();
  for (const plan of plans)
    if (plan.kind === 'hunt')
      for (const step of plan.hunt.derived) if (step.op === 'look-up') curves.set(curveName(step.curve), step.curve);
  return [...curves.keys()].sort().map((name) => curves.get(name)!);
}

/**
 * The points of a curve, in ascending order. `upper95`: the limit of each count. `count_limit`: for each limit the largest mean that has it, so that
 * the limit of a mean is the value of the first point that is not below it.
 */
export function pointsOf(curve: NamedCurve): Point[] {
  const name = curveName(curve);
  const before = known.get(name);
  if (before) return before;
  const points = curve.kind === 'upper95' ? upperLimits() : largestMeans(curve.spread, curve.chance);
  known.set(name, points);
  return points;
}

function upperLimits(): Point[] {
  return [0, ...counts()].map((count) => ({ at: count, value: upper95(count) }));
}

function largestMeans(spread: number, chance: number): Point[] {
  let low = 0;
  return counts().map((count) => {
    low = largestMean(count, spread, chance, low);
    return { at: low, value: count };
  });
}

/** By halving down to neighbouring doubles, so that the table and `countLimit` never disagree about a mean. */
function largestMean(count: number, spread: number, chance: number, from: number): number {
  let low = from;
  let high = Math.max(1, count);
  while (chanceOf(count, high, spread) <= chance) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if (chanceOf(count, middle, spread) <= chance) low = middle;
    else high = middle;
  }
}

function counts(): number[] {
  const all = Array.from({ length: EXACT }, (_, i) => i + 1);
  for (let count = EXACT; count < LAST;) {
    count = Math.min(LAST, Math.ceil(count * STEP));
    all.push(count);
  }
  return all;
}
