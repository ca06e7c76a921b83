import type { Scalar } from '@tollgate/sigma/values/event';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { incidentsOf, type Incident, type Sign } from '../replay/incidents';
import { iso } from './alerts';
import type { JudgedOwn } from './judge';
import { costliest } from './judge-incidents';
import type { EvidenceLine, FoundIncident, OwnResult } from './result';
import type { Messages } from './sends';

/** Values of a field that an incident shows. */
const SHOWN_VALUES = 5;

interface OwnSign extends Sign {
  detector: OwnResult;
  alert: Alert;
}

/** The incidents that the alerts of all rules and queries make, asset by asset, the first to begin first. */
export function foundIncidents(
  judged: readonly Pick<JudgedOwn, 'result' | 'alerts'>[],
  sends: ReadonlyMap<string, Messages>,
): FoundIncident[] {
  const byAsset = new Map<string, OwnSign[]>();
  for (const { result, alerts } of judged)
    for (const alert of alerts) {
      const span = { from: alert.visible, to: Math.max(alert.visible, alert.end), alerts: 1 };
      const asset = assetOf(alert);
      const signs = byAsset.get(asset) ?? [];
      if (signs.length === 0) byAsset.set(asset, signs);
      signs.push({ detector: result, alert, span });
    }
  return [...byAsset]
    .flatMap(([asset, signs]) => incidentsOf(signs).map((incident) => found(asset, incident, sends)))
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
}

const ASSET = 'asset.id';

function assetOf({ group }: Alert): string {
  return group[ASSET] === undefined ? '' : String(group[ASSET]);
}

function found(asset: string, incident: Incident<OwnSign>, sends: ReadonlyMap<string, Messages>): FoundIncident {
  const { from, to, alerts, signs, high } = incident;
  // The events of an alert came before it could be seen.
  const since = signs.reduce((first, { alert }) => Math.min(first, alert.start), from);
  const source = costliest(sends, since, to + 1);
  return {
    asset: asset === '' ? null : asset,
    level: high ? 'high' : 'medium',
    since: iso(since),
    until: iso(to),
    highSince: high && iso(high.span.from),
    shows: [...new Set(signs.flatMap(({ detector }) => detector.shows))],
    alerts,
    evidence: evidenceOf(signs),
    values: valuesOf(signs),
    source,
    cost: source === null ? null : sends.get(source)!.sentIn(since, to + 1),
    acts: [...new Set(signs.flatMap(({ detector }) => detector.acts))],
  };
}

/** What each rule or query has to say, in the order of its first alert. */
function evidenceOf(signs: readonly OwnSign[]): EvidenceLine[] {
  const lines = new Map<string, EvidenceLine>();
  for (const { detector, span, alert } of signs) {
    const known = lines.get(detector.id);
    if (known) known.alerts++;
    else
      lines.set(detector.id, {
        at: iso(span.from),
        name: detector.name,
        path: detector.path,
        level: detector.level,
        group: alert.group,
        alerts: 1,
      });
  }
  return [...lines.values()];
}

/** By field, the values that most alerts have in common. */
function valuesOf(signs: readonly OwnSign[]): Record<string, Scalar[]> {
  const counts = new Map<string, Map<Scalar, number>>();
  for (const { alert } of signs)
    for (const [field, value] of Object.entries(alert.group)) {
      if (field === ASSET) continue;
      const of = counts.get(field) ?? new Map<Scalar, number>();
      counts.set(field, of.set(value, (of.get(value) ?? 0) + 1));
    }
  return Object.fromEntries(
    [...counts].map(([field, of]) => [
      field,
      [...of]
        .sort(([, a], [, b]) => b - a)
        .slice(0, SHOWN_VALUES)
        .map(([value]) => value),
    ]),
  );
}
