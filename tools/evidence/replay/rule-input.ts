import { fieldsOfGroup } from '@tollgate/sigma/correlate/source';
import type { CorrelationInput, CorrelationResult, Window } from '@tollgate/sigma/correlate/types';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import type { MatchStore, View } from './matches';
import type { RowGroups } from './row-groups';

/** A detection of a rule's family, with the request that answers it; none where the world lacks its source. */
export interface BookedDetection {
  id: string;
  fields: string[];
  request: number | undefined;
}

/** How many groups are tried first when the nearest to a threshold is sought. */
const FIRST_TRIED = 200;

/** The view of ordinary traffic alone. */
const ORDINARY: View = { occurrences: [], from: -Infinity, to: Infinity };

/** What the groups of ordinary traffic reach. */
export interface GroupPeaks {
  /** Of each group that was tried. */
  peaks: number[];
  /** Groups with fewer matches, which were not tried; and the most that any of them can reach, null where their matches do not say. */
  others: { groups: number; most: number | null };
}

/**
 * Chooses the matches that a correlation needs to say the same as on all of them. Groups are independent, so those that an
 * occurrence doesn't touch are the same with and without it; and a count of `threshold` needs as many matches of its group in one
 * timespan, which most groups never have.
 */
export class RuleInput {
  /** Correlation that counts over detections alone → the index of each of its inputs. */
  private readonly leaves: Map<CorrelationRule, Leaf>;

  constructor(
    private readonly store: MatchStore,
    private readonly rule: CorrelationRule,
    family: Rule[],
    private readonly detections: BookedDetection[],
    window: Window,
  ) {
    const leaves = family.flatMap((member) => {
      const leaf = member.kind === 'correlation' ? leafOf(member, family, detections, store, window) : null;
      return leaf ? [leaf] : [];
    });
    this.leaves = new Map(leaves.map((leaf) => [leaf.rule, leaf]));
  }

  /** What decides the view, or of a view on one occurrence what can differ with and without it. */
  inputs(view: View): CorrelationInput[] {
    const own = this.leaves.get(this.rule);
    if (!own) return this.detections.map((detection) => this.inner(detection, view));
    return this.of(
      own,
      view.touching === undefined ? own.reaching(own.threshold ?? 0) : own.touched(view.touching),
      view,
    );
  }

  /** What the view gives: the same as on all of its matches, the highest value included. `correlate` gives it for some of them. */
  resultOf(view: View, correlate: (inputs: CorrelationInput[]) => CorrelationResult): CorrelationResult {
    const own = this.leaves.get(this.rule);
    if (!own || own.threshold === null || view.touching !== undefined) return correlate(this.inputs(view));
    const floor = Math.min(own.threshold, own.boundOfPlace(FIRST_TRIED));
    const result = correlate(this.of(own, own.reaching(floor), view));
    // A group that was left out has fewer than `floor` matches in a timespan: none has a higher value if that is no more than was reached.
    const reached = result.peak ?? 0;
    return reached + 1 < floor ? correlate(this.of(own, own.reaching(reached + 1), view)) : result;
  }

  /**
   * What each group of ordinary traffic reaches, correlated alone: those with the most matches in a timespan, `tried` at most. Null where the
   * rule counts over other correlations, so that a group is none of its own.
   */
  groupPeaks(tried: number, correlate: (inputs: CorrelationInput[]) => CorrelationResult): GroupPeaks | null {
    const own = this.leaves.get(this.rule);
    if (!own) return null;
    const ranked = [...own.bounds(0)].sort(([a, most], [b, least]) => least - most || a - b);
    const others = ranked.slice(tried);
    return {
      peaks: ranked
        .slice(0, tried)
        .flatMap(([group]) => correlate(this.of(own, new Set([group]), ORDINARY)).peak ?? []),
      others: { groups: others.length, most: own.threshold === null ? null : (others[0]?.[1] ?? null) },
    };
  }

  /** Events of the view that belong to no group, which `inputs` leaves out. */
  excluded(view: View): number {
    const own = this.leaves.get(this.rule);
    if (!own) return 0;
    const [only, ...others] = own.inputs.map(({ request, index }) => this.store.eventsOf(request, index.without, view));
    return others.length === 0 ? only!.length : new Set([only!, ...others].flat()).size;
  }

  private inner(detection: BookedDetection, view: View): CorrelationInput {
    const leaf = [...this.leaves.values()].find(({ inputs }) => inputs.some(({ id }) => id === detection.id));
    const groups = leaf?.threshold == null ? null : leaf.reaching(leaf.threshold);
    return this.input(detection, view, groups, leaf?.inputs.find(({ id }) => id === detection.id)?.index);
  }

  private of(leaf: Leaf, groups: ReadonlySet<number>, view: View): CorrelationInput[] {
    return this.detections.map((detection) =>
      this.input(detection, view, groups, leaf.inputs.find(({ id }) => id === detection.id)?.index),
    );
  }

  private input(
    { id, fields, request }: BookedDetection,
    view: View,
    groups: ReadonlySet<number> | null,
    index: RowGroups | undefined,
  ): CorrelationInput {
    if (request === undefined) return { rule: id, fields, matches: [] };
    const matches =
      groups && index ? this.store.selectGroups(request, index, groups, view) : this.store.select(request, view);
    return { rule: id, fields: this.store.requests[request]!.fields, matches };
  }
}

/** A correlation over detections alone, with its inputs by group. */
class Leaf {
  private readonly known = new Map<number, ReadonlySet<number>>();

  constructor(
    readonly rule: CorrelationRule,
    readonly inputs: { id: string; request: number; index: RowGroups }[],
    /** How many matches of a group in a timespan it needs at least; null where that can't be said. */
    readonly threshold: number | null,
  ) {}

  touched(occurrence: number): ReadonlySet<number> {
    return new Set(this.inputs.flatMap(({ index }) => [...index.touchedBy(occurrence)]));
  }

  /** The groups that have so many matches in some timespan. */
  reaching(count: number): ReadonlySet<number> {
    let groups = this.known.get(count);
    if (!groups) {
      groups = new Set([...this.bounds()].flatMap(([group, bound]) => (bound >= count ? group : [])));
      this.known.set(count, groups);
    }
    return groups;
  }

  /** The bound of the group at this place, counted from 1, when the groups are ranked by their bounds from the highest down. */
  boundOfPlace(place: number): number {
    const bounds = Uint32Array.from(this.bounds(), ([, bound]) => bound).sort();
    return bounds[Math.max(0, bounds.length - place)] ?? 0;
  }

  /** Each group with how many matches a window can hold at most, of one occurrence where it is named. */
  *bounds(of: number | null = null): Generator<[group: number, bound: number]> {
    const most = this.inputs.map(({ index }) => index.mostIn(this.rule.timespanMs, of));
    const length = Math.max(...most.map((bounds) => bounds.length));
    for (let group = 1; group < length; group++) {
      let bound = 0;
      for (const bounds of most) bound += bounds[group] ?? 0;
      if (bound > 0) yield [group, bound];
    }
  }
}

function leafOf(
  rule: CorrelationRule,
  family: Rule[],
  detections: BookedDetection[],
  store: MatchStore,
  window: Window,
): Leaf | null {
  const inputs: Leaf['inputs'] = [];
  for (const id of new Set(rule.rules)) {
    const detection = detections.find((one) => one.id === id);
    const takers = family.filter((member) => member.kind === 'correlation' && member.rules.includes(id));
    if (!detection || takers.length > 1) return null;
    if (detection.request === undefined) continue;
    const index = store.groupsBy(detection.request, fieldsOfGroup(rule, id));
    if (!index) return null;
    inputs.push({ id, request: detection.request, index });
  }
  if (inputs.length === 0) return null;
  return new Leaf(rule, inputs, window.model === 'scheduled' ? null : leastMatches(rule, inputs, store));
}

/** How many matches of a group must lie in one timespan before the condition can hold. */
function leastMatches({ type, condition }: CorrelationRule, inputs: Leaf['inputs'], store: MatchStore): number | null {
  if (type !== 'event_count' && type !== 'value_count') return null;
  // A list of values counts as several.
  if (type === 'value_count' && inputs.some(({ request }) => store.table(request).hasList.includes(true))) return null;
  return leastValue(condition);
}

/** The least value that satisfies a condition; null where less is more. */
export function leastValue({ gte, gt, eq }: CorrelationRule['condition']): number | null {
  if (gte !== undefined) return Number(gte);
  if (gt !== undefined) return Number(gt) + 1;
  return Number(eq) || null;
}
