import type { Match } from './match';
import type { CorrelationRule, Rule } from '../rules/model';
import { Feed } from './feed';
import type { StreamLimits } from './limits';
import { fieldsOfRules, innerFirst, reaches } from './references';
import { Sliding } from './sliding';
import type { Closed } from './sliding-episodes';
import { RuleMatches } from './source';
import { tupleKey } from './tuples';
import type { Alert, CorrelationMatch } from './types';

/** A correlation that takes the matches of some rule. */
interface Taker {
  sliding: Sliding;
  source: RuleMatches;
}

/**
 * Evaluates correlations in a sliding window (`sliding.ts`) over matches that come in the order of time, and keeps no more of
 * them than what lies in windows and open episodes. Each step of a correlation at which its condition holds is a match for those
 * that refer to it.
 *
 * An alert is emitted when its episode can't change any more, that is at the first push of a time more than one timespan after
 * its condition was last true. The order is that of these moments, then of the correlations as they were given, of the start
 * and of the group; it depends on nothing but the alerts. Those that silence would keep open (`lt`, `neq` …) come at the end.
 */
export class CorrelationStream {
  /** Inner before outer. */
  private readonly ordered: Sliding[];
  private readonly places: ReadonlyMap<Rule, number>;
  private readonly takers = new Map<string, Taker[]>();
  private time = -Infinity;
  private event = -Infinity;
  private closed: Closed[] = [];

  /**
   * `rules`: the correlations, all correlations that they refer to, and any other rules. `onAlert` is called once for each
   * episode. Without `limits` nothing is cut. `layouts`: what the values of a detection rule's matches are, where these are not
   * those of `fieldsOfDetections`. An error where correlations refer to each other in a circle.
   */
  constructor(
    rules: readonly Rule[],
    private readonly onAlert: (rule: CorrelationRule, alert: Alert) => void,
    limits?: StreamLimits,
    layouts: ReadonlyMap<string, readonly string[]> = new Map(),
  ) {
    const fields = fieldsOfRules(rules);
    const ordered = innerFirst(rules);
    this.places = new Map(rules.map((rule, place) => [rule, place]));
    const inner = new Set(ordered.map((rule) => rule.id));
    for (const { id } of rules) if (!inner.has(id)) this.takers.set(id, []);
    for (const id of fields.keys()) this.takers.set(id, []);
    const reachOf = reaches(ordered);
    this.ordered = ordered.map((rule) => {
      const needed = fields.get(rule.id);
      const feed = needed ? new Feed(rule, needed) : null;
      const takers = this.takers.get(rule.id) ?? [];
      const onStep = (match: CorrelationMatch) => deliver(takers, match);
      const sliding = new Sliding(rule, reachOf(rule), feed, onStep, limits);
      for (const id of new Set(rule.rules)) {
        const source = new RuleMatches(rule, id, layouts.get(id) ?? fields.get(id)!, feed?.carried ?? []);
        this.takers.get(id)!.push({ sliding, source });
      }
      return sliding;
    });
    for (const id of inner) this.takers.delete(id);
  }

  /** How many groups are in memory, over all correlations. */
  get live(): number {
    return this.ordered.reduce((sum, { live }) => sum + live, 0);
  }

  /**
   * Takes a match of a detection rule, whose values are the fields of `fieldsOfDetections(rules).get(ruleId)`, or of its layout. Matches come in
   * the order of (time, event), those of one event in any order. A `RangeError` where one goes back, an error where the rule is
   * none of those given.
   */
  push(ruleId: string, match: Match): void {
    const takers = this.takers.get(ruleId);
    if (!takers) throw new Error(`matches of '${ruleId}', which is not one of the given detection rules`);
    if (match.time !== this.time) this.moveTo(match.time);
    else if (match.event < this.event) throw new RangeError(`event ${match.event} comes after event ${this.event}`);
    this.event = match.event;
    deliver(takers, match);
  }

  /** Nothing follows: emits every open episode. Correlation → how many events had no value of a group field. */
  end(): Map<string, number> {
    this.step();
    for (const sliding of this.ordered) sliding.finish(this.closed);
    this.emit();
    this.time = Infinity;
    return new Map(this.ordered.map(({ rule, excluded }) => [rule.id, excluded]));
  }

  /** Correlation → the events that it left out because they have too many combinations of values, in the order of time. */
  crowded(): Map<string, number[]> {
    return new Map(this.ordered.map(({ rule, crowded }) => [rule.id, crowded]));
  }

  /** Correlation → how many entries it let go before their time, since it held more than the limits allow. */
  cut(): Map<string, number> {
    return new Map(this.ordered.map(({ rule, cut }) => [rule.id, cut]));
  }

  /** Correlation → the highest value that any group reached at a step; null where there was none. */
  peaks(): Map<string, number | null> {
    return new Map(this.ordered.map(({ rule, peak }) => [rule.id, peak]));
  }

  private moveTo(time: number): void {
    if (!(time > this.time)) throw new RangeError(`time goes back from ${this.time} to ${time}`);
    this.step();
    this.time = time;
    for (const sliding of this.ordered) sliding.advance(time, this.closed);
    if (this.closed.length > 0) this.emit();
  }

  /** Inner correlations first: their steps are matches of the same time for the outer ones. */
  private step(): void {
    for (const sliding of this.ordered) sliding.step();
  }

  private emit(): void {
    const { closed } = this;
    this.closed = [];
    closed.sort((a, b) => this.compare(a, b));
    for (const { rule, alert } of closed) this.onAlert(rule, alert);
  }

  private compare(a: Closed, b: Closed): number {
    const byTime = a.until === b.until ? 0 : a.until - b.until;
    const byRule = this.places.get(a.rule)! - this.places.get(b.rule)!;
    const order = byTime || byRule || a.alert.start - b.alert.start;
    return order || (tupleKey(a.values) < tupleKey(b.values) ? -1 : 1);
  }
}

function deliver(takers: readonly Taker[], match: CorrelationMatch): void {
  for (const { sliding, source } of takers) sliding.push(source, match);
}
