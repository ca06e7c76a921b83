import { incidentsOf, type Sign } from '../replay/incidents';
import type { AlertSpan } from '../replay/spans';
import type { UnitResult } from '../replay/unit';
import { sum } from '../../foundation/statistics/sum';
import type { IncidentCounts, MeasuredPack } from './results';

type Judged = UnitResult['detectors'][number];

/** The incidents that ordinary traffic made of all detectors together, over units. A unit is one asset's. */
export function ordinaryIncidents(units: readonly UnitResult[]): IncidentCounts {
  return counts(units.map(({ detectors }) => signsOf(detectors, ({ judgement }) => judgement.ordinary.spans)));
}

/** The same of each benign special scenario. */
export function honestIncidents(units: readonly UnitResult[]): MeasuredPack['honest'] {
  const all = units.flatMap(({ detectors }) => detectors.flatMap(({ judgement }) => judgement.specials));
  return [...new Set(all.map(({ scenario }) => scenario))].sort().map((scenario) => {
    const { perYear } = all.find((one) => one.scenario === scenario)!;
    const signs = units.map(({ detectors }) =>
      signsOf(detectors, ({ judgement }) =>
        judgement.specials.flatMap((one) => (one.scenario === scenario ? one.spans : [])),
      ),
    );
    return { scenario, perYear, occurrences: occurrencesOf(scenario, units), ...counts(signs) };
  });
}

/** Each detector of a unit has been shown the same occurrences. */
function occurrencesOf(scenario: string, units: readonly UnitResult[]): number {
  return sum(
    units.map(({ detectors }) =>
      Math.max(
        0,
        ...detectors.flatMap(({ judgement }) =>
          judgement.specials.flatMap((one) => (one.scenario === scenario ? one.occurrences : [])),
        ),
      ),
    ),
  );
}

function signsOf(detectors: readonly Judged[], spansOf: (one: Judged) => AlertSpan[]): Sign[] {
  return detectors
    .filter(({ detector }) => detector.kind !== 'baseline')
    .flatMap((one) => spansOf(one).map((span) => ({ span, detector: one.detector })));
}

function counts(signs: Sign[][]): IncidentCounts {
  const incidents = signs.flatMap((ofUnit) => incidentsOf(ofUnit));
  return { incidents: incidents.length, high: incidents.filter(({ high }) => high !== null).length };
}
