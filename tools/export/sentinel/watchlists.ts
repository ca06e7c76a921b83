import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { curveName, curvesOf, pointsOf } from '../plan/curves';
import type { DetectorPlan } from '../plan/types';
import { text } from './kql';

/** The watchlists, by the alias that queries name. */
export const WATCHLISTS = { prefixes: 'TollgatePrefixes', assets: 'TollgateAssets', curves: 'TollgateCurves' } as const;

/** A watchlist: its alias, the column by which it is searched, and its rows as CSV. */
export interface Watchlist {
  alias: string;
  key: string;
  csv: string;
}

/** Countries by prefix, the site's own accounts, and points of the curves that some detectors look up. */
export function watchlists(plans: readonly DetectorPlan[]): Watchlist[] {
  const prefixes = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
    list.split(' ').map((prefix) => `${prefix},${country}\n`),
  );
  const points = curvesOf(plans).flatMap((curve) =>
    pointsOf(curve).map(({ at, value }) => `${curveName(curve)},${at},${value}\n`),
  );
  return [
    { alias: WATCHLISTS.prefixes, key: 'prefix', csv: `prefix,country\n${prefixes.sort().join('')}` },
    { alias: WATCHLISTS.assets, key: 'account', csv: 'account,asset\nexample-account,example-product\n' },
    { alias: WATCHLISTS.curves, key: 'curve', csv: `curve,point_at,point_value\n${points.join('')}` },
  ];
}

/** The saved function that gives the points of a curve, with its parameter. */
export const CURVE_FUNCTION = 'TollgateCurve';
export const CURVE_PARAMETERS = 'name:string';

/** Points of the curves, as that function takes them out of the watchlist. */
export const CURVE_PARSER = `_GetWatchlist(${text(WATCHLISTS.curves)})
| where tostring(column_ifexists("curve", "")) == name
| project point_at = todouble(column_ifexists("point_at", "")), point_value = todouble(column_ifexists("point_value", ""))`;
