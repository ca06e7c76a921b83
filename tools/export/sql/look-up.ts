import { curveName } from '../plan/curves';
import type { Derived } from '../plan/types';
import type { Dialect } from './dialect';
import { arithmetic } from './formula';
import { list, union, type NamedSteps } from './query';
import { CURVES } from './tables';

/**
 * Adds a column with the value of a curve. The rows are sorted among the curve's points, so that each has the points on both sides beside it: a limit is
 * that of the point which is not below, and interpolated and rounded up where more than one lies between. The curves bend downwards: a chord, and beyond
 * the last point a slope of one, is never above them, so that no limit is too high.
 */
export function lookUp(
  dialect: Dialect,
  steps: NamedSteps,
  rows: string,
  { name, curve, at }: Derived & { op: 'look-up' },
  present: readonly string[],
): string {
  const zero = dialect.double(0);
  const asked = steps.add('asked', `SELECT *, ${arithmetic(dialect, at)} AS curve_at FROM ${rows}`);
  const points = `SELECT ${list(present.map(() => 'NULL'))}, point_at, point_value, 0 AS row_kind FROM ${dialect.relation(CURVES)} WHERE curve = ${dialect.text(curveName(curve))}`;
  const mixed = steps.add(
    'mixed',
    union([`SELECT ${list(present)}, curve_at, NULL AS point_value, 1 AS row_kind FROM ${asked}`, points]),
  );
  // Of equal places the point stands on the side of those that are not below.
  const below = 'OVER (ORDER BY curve_at, row_kind DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)';
  const above = 'OVER (ORDER BY curve_at, row_kind DESC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)';
  const point = (of: string) => `CASE WHEN row_kind = 0 THEN ${of} END`;
  const placed = steps.add(
    'placed',
    `SELECT *, ${list([
      `coalesce(max(${point('curve_at')}) ${below}, ${zero}) AS low_at`,
      `coalesce(max(point_value) ${below}, ${zero}) AS low_value`,
      `min(${point('curve_at')}) ${above} AS high_at`,
      `min(point_value) ${above} AS high_value`,
    ])} FROM ${mixed}`,
  );
  const between = 'low_value + (curve_at - low_at) / (high_at - low_at) * (high_value - low_value)';
  const value =
    curve.kind === 'upper95'
      ? `WHEN curve_at <> floor(curve_at) THEN NULL WHEN curve_at = high_at THEN high_value WHEN high_at IS NOT NULL THEN ${between} ELSE low_value + curve_at - low_at`
      : `WHEN high_value - low_value <= 1 THEN high_value WHEN high_at IS NOT NULL THEN ceil(${between}) ELSE ceil(low_value + curve_at - low_at)`;
  return steps.add(
    'looked_up',
    `SELECT ${list(present)}, CASE WHEN curve_at IS NULL OR curve_at < 0 THEN NULL ${value} END AS ${dialect.identifier(name)}\nFROM ${placed} WHERE row_kind = 1`,
  );
}
