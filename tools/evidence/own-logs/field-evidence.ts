import type { OwnReport, OwnResult } from './result';

/** What one site saw of the pack on its own logs, without any value of a record; `schemas/field-evidence.schema.json`. */
export interface FieldEvidence {
  /** A name that the site chooses, which is its file's too. */
  site: string;
  engine: 'memory' | 'elasticsearch';
  sources: { id: string; form: string; days: number; records_a_day: number }[];
  detectors: FieldDetector[];
}

/** What a rule or query was there. */
export interface FieldDetector {
  id: string;
  /** Of what it finds, as `ruleDigest` and `queryDigest` give it: evidence is of the rule as it was. */
  digest: string;
  days: number;
  /** At least so many messages, a power of ten. */
  sends: number;
  episodes: number;
  /** Null where nothing is known of ordinary traffic alone. */
  nearness: number | null;
}

const DAY = 86_400_000;

/**
 * The part of a report that may be published: of those rules and queries that are Tollgate's own (`known`: id → digest), their
 * figures; volumes as powers of ten, below which nothing tells a site from another.
 */
export function evidenceOf(report: OwnReport, site: string, known: ReadonlyMap<string, string>): FieldEvidence {
  const isPlain = report.incidents.length === 0;
  return {
    site,
    engine: report.engine.name === 'memory' ? 'memory' : 'elasticsearch',
    sources: report.sources.map(({ id, form, records, first, last, gaps }) => {
      const days = Math.max(0, (Date.parse(last) - Date.parse(first)) / DAY - gaps.length);
      return { id, form, days: tenths(days), records_a_day: powerOfTen(records / Math.max(1, days)) };
    }),
    detectors: [...report.rules, ...report.queries]
      .filter(({ id, digest }) => known.get(id) === digest)
      .map((result) => detectorOf(result, isPlain)),
  };
}

function detectorOf(result: OwnResult, isPlain: boolean): FieldDetector {
  const { id, digest, days, sends, episodes, nearness, nearnessIsExact } = result;
  const isKnown = isPlain && nearnessIsExact && nearness !== null;
  return {
    id,
    digest,
    days: tenths(days),
    sends: powerOfTen(sends),
    episodes,
    nearness: isKnown ? Math.round(nearness * 100) / 100 : null,
  };
}

/** Not more than it was: evidence never claims what it has not seen. */
function tenths(days: number): number {
  return Math.floor(days * 10) / 10;
}

function powerOfTen(count: number): number {
  return count < 1 ? 0 : Number(`1e${String(Math.floor(count)).length - 1}`);
}
