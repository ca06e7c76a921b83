import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { curveName, curvesOf, pointsOf } from '../plan/curves';
import type { DetectorPlan } from '../plan/types';
import type { Stanza } from './conf';

/** The lookups by the names that searches have for them; their files are called the same. */
export const LOOKUPS = { prefixes: 'tollgate_prefixes', assets: 'tollgate_assets', curves: 'tollgate_curves' } as const;

/** Files of the lookups. Longer prefixes stand first, since the first that fits a number is taken. */
export function lookupFiles(plans: readonly DetectorPlan[]): Map<string, string> {
  const prefixes = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
    list.split(' ').map((prefix) => ({ prefix, country })),
  );
  prefixes.sort((a, b) => b.prefix.length - a.prefix.length || (a.prefix < b.prefix ? -1 : 1));
  const points = curvesOf(plans).flatMap((curve) =>
    pointsOf(curve).map(({ at, value }) => `${curveName(curve)},${at},${value}\n`),
  );
  return new Map([
    [file('prefixes'), `prefix,country\n${prefixes.map(({ prefix, country }) => `${prefix}*,${country}\n`).join('')}`],
    [file('assets'), 'account,asset\nexample-account,example-product\n'],
    [file('curves'), `curve,point_at,point_value\n${points.join('')}`],
  ]);
}

/**
 * Their definitions. Of several matches the first in the file is taken
 * (https://docs.splunk.com/Documentation/Splunk/9.4.0/Knowledge/Addfieldmatchingrulestoyourlookupconfiguration).
 */
export function lookupStanzas(): Stanza[] {
  const stanza = (key: keyof typeof LOOKUPS, more: Stanza['settings'] = {}): Stanza => ({
    name: LOOKUPS[key],
    settings: { filename: `${LOOKUPS[key]}.csv`, ...more },
  });
  return [
    stanza('prefixes', { match_type: 'WILDCARD(prefix)', max_matches: 1 }),
    stanza('assets', { max_matches: 1 }),
    stanza('curves'),
  ];
}

function file(key: keyof typeof LOOKUPS): string {
  return `lookups/${LOOKUPS[key]}.csv`;
}
