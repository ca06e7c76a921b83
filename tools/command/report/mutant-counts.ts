import type { MutantVerdict } from '../../evidence/mutate/survivors';

/** Sums over rules and queries. */
export interface MutantCounts {
  /** Those that an event can tell from the original, as far as that is known. */
  mutants: number;
  killed: number;
  /** Not killed, with a reason and without. */
  reasoned: number;
  unlisted: number;
  equivalent: number;
}

export function countMutants(verdicts: MutantVerdict[]): MutantCounts {
  const counts = { mutants: 0, killed: 0, reasoned: 0, unlisted: 0, equivalent: 0 };
  for (const { killed, equivalent, survivors } of verdicts) {
    const reasoned = survivors.filter(({ reason }) => reason !== undefined).length;
    counts.mutants += killed + survivors.length;
    counts.killed += killed;
    counts.reasoned += reasoned;
    counts.unlisted += survivors.length - reasoned;
    counts.equivalent += equivalent;
  }
  return counts;
}

/** The sums as a sentence begins with them. */
export function mutantsText({ mutants, killed, reasoned }: MutantCounts, subjects: number): string {
  const of = subjects === 1 ? '1 rule or query' : `${subjects} rules and queries`;
  return `${mutants} mutants of ${of}: ${killed} killed (${percent(killed, mutants)}), ${reasoned} survive for a reason`;
}

/** What is said of those that count for nothing; empty where there are none. */
export function equivalentText({ equivalent }: MutantCounts): string {
  return equivalent === 0 ? '' : `; ${equivalent} more can't differ from their original`;
}

/** A share in percent, rounded down, so that only all of them are 100 %. */
function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
