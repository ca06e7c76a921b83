import type { Match, MatchRequest } from '../sigma/execution';
import type { Plan } from '../sigma/plan';
import type { LabelStore } from './labels';

/** The requests of one run. Equal detections on one source are asked once, with the union of their fields. */
export class RequestBook {
  readonly requests: MatchRequest[] = [];
  private readonly known = new Map<string, number>();

  /** Returns the number of the request that answers it. */
  add(source: string, plan: Plan, fields: string[]): number {
    const key = `${source} ${JSON.stringify(plan.expr)}`;
    let number = this.known.get(key);
    if (number === undefined) {
      number = this.requests.push({ source, plan, fields: [] }) - 1;
      this.known.set(key, number);
    }
    const request = this.requests[number]!;
    for (const field of fields) if (!request.fields.includes(field)) request.fields.push(field);
    return number;
  }
}

/** Which events a judgement looks at: ordinary traffic and these occurrences, from `from` to `to` (epoch ms, both included). */
export interface View {
  occurrences: number[];
  /** Only groups that this occurrence touches are of interest: the others are the same with and without it. */
  touching?: number;
  from: number;
  to: number;
}

/** All matches of a run by request and occurrence, so that a branch is put together without a search. */
export class MatchStore {
  private readonly buckets: Match[][][];

  constructor(
    readonly requests: MatchRequest[],
    matches: Match[][],
    labels: LabelStore,
  ) {
    this.buckets = matches.map((list) => {
      const byOccurrence: Match[][] = [];
      for (const match of list) (byOccurrence[labels.occurrenceOf(match.event)] ??= []).push(match);
      return byOccurrence;
    });
  }

  /** A request's matches that belong to one occurrence, 0 for ordinary traffic. */
  of(request: number, occurrence: number): Match[] {
    return this.buckets[request]![occurrence] ?? [];
  }

  /** A request's matches in the view, in the order of (time, event). */
  select(request: number, view: View): Match[] {
    const parts = [0, ...view.occurrences]
      .map((occurrence) => slice(this.of(request, occurrence), view.from, view.to))
      .filter((part) => part.length > 0);
    if (parts.length <= 1) return parts[0] ?? [];
    return parts.flat().sort((a, b) => a.time - b.time || a.event - b.event);
  }
}

function slice(matches: Match[], from: number, to: number): Match[] {
  const first = firstAt(matches, from);
  const end = firstAt(matches, to + 1);
  return first === 0 && end === matches.length ? matches : matches.slice(first, end);
}

/** Index of the first match at `time` or later. */
function firstAt(matches: Match[], time: number): number {
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (matches[middle]!.time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
