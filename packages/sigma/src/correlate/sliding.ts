import type { Scalar } from '../values/event';
import type { CorrelationRule } from '../rules/model';
import { isMet, isMetBySilence } from './condition';
import { isSame, join, type WindowEntry, type InnerWindowPart } from './entry';
import { Departures } from './departures';
import type { Feed } from './feed';
import { InnerWindow } from './inner-window';
import type { StreamLimits } from './limits';
import type { MeasuredValues } from './measured';
import { quantityOf } from './quantity';
import { Queue } from './queue';
import { addToRuns } from './runs';
import { SlidingEpisodes, type Closed } from './sliding-episodes';
import { SlidingGroup } from './sliding-group';
import { groupKey, type RuleMatches } from './source';
import type { CorrelationMatch } from './types';

/**
 * A correlation in a sliding window, fed in the order of time.
 *
 * A step is all events of one time. At each step the window is `[t − timespan, t]`, both ends included, and the condition is
 * evaluated. Between two steps events leave the window, the one of time `e` just after `e + timespan`; a condition that was
 * true at the last step is true up to the departure that makes it false, and stays false until the next step. A condition that
 * silence satisfies (it would hold of a count or sum of nothing: `lt`, `lte`, `eq: 0`, `neq`) is left as it was at the last step.
 *
 * An alert is a step at which the condition is true while the group is armed. That disarms the group; it is armed again when
 * the condition has been false for one timespan, that is when more than one timespan lies between the last millisecond at which
 * it was true and the step at which it is true again. Up to then it is the same episode.
 *
 * Departures and ends of episodes come in the order of time, so each has a queue. A group is forgotten when its last event has
 * left and it has no open episode: it would begin anew just so.
 *
 * A sender who makes more groups than `limits` allow does not stop it: the oldest steps leave the windows early, then episodes are
 * closed early, and what still does not fit is not taken. What is held after that is what a shorter timespan would hold.
 *
 * The owner calls, for each time that has matches: `advance`, `push` for each match, `step`; after the last, `finish`.
 */
export class Sliding {
  private readonly groups = new Map<string, SlidingGroup>();
  /** The groups that got something at the current time. */
  private readonly touched: SlidingGroup[] = [];
  /** A group once for each of its steps that is in its window. */
  private readonly leaving: Departures | Queue<SlidingGroup>;
  private readonly episodes: SlidingEpisodes;
  private readonly silent: boolean;
  /** Episodes that were closed before their time. */
  private readonly early: Closed[] = [];
  private excludedEvent = NaN;
  /** The time of which alone there is too much. */
  private fullAt = NaN;
  private now = -Infinity;
  /** Events without a value of a group field. */
  excluded = 0;
  /** Events with too many combinations of values, which were left out. */
  readonly crowded: number[] = [];
  /** Entries that were let go before their time, or not taken, since more were held than the limits allow. */
  cut = 0;
  /** The highest value that any group reached at a step. */
  peak: number | null = null;
  /** What the windows hold. */
  private inWindows = 0;

  /**
   * `onStep` gets each step of a group at which the condition holds, as a match in the form that `feed` says. `reach`: where a
   * rule is a correlation, the timespans of this one and of those below it together, else 0; and those of this one and of those
   * above it.
   */
  constructor(
    readonly rule: CorrelationRule,
    private readonly reach: { downMs: number; upMs: number },
    private readonly feed: Feed | null = null,
    private readonly onStep: (match: CorrelationMatch) => void = () => {},
    private readonly limits?: StreamLimits,
  ) {
    this.silent = isMetBySilence(rule);
    this.episodes = new SlidingEpisodes(rule, reach.downMs, limits?.listed);
    this.leaving = reach.downMs > 0 && feed === null ? new Departures() : new Queue();
  }

  /** What the windows hold together with the lists of open episodes; see `StreamLimits.held`. */
  get held(): number {
    return this.inWindows + this.episodes.held;
  }

  /** How many groups are in memory. */
  get live(): number {
    return this.groups.size;
  }

  /** Adds a match of the current time; those of one event follow each other, and those of correlations come last. */
  push(source: RuleMatches, match: CorrelationMatch): void {
    if (source.isCrowded(match)) {
      if (this.crowded.at(-1) !== match.event) this.crowded.push(match.event);
      return;
    }
    if (this.limits && this.held >= this.limits.held && !this.relieve(this.limits.held)) {
      this.cut++;
      return;
    }
    const only = source.onlyGroup(match);
    if (only === undefined || only === null || (typeof only === 'object' && !match.inner)) {
      const members = source.groups(match);
      if (members.length === 0) this.exclude(match);
      const measured = source.measured(match);
      for (const values of members) this.put(groupKey(values), values, source, match, measured, members.length);
    } else if (typeof only === 'object') {
      // Each value once: the values of a window, which may be many at each of many steps.
      const measured = source.measured(match);
      for (const value of only) this.put(String(value), [value], source, match, measured, only.length);
    } else {
      this.put(String(only), [only], source, match, source.measured(match), 1);
    }
  }

  /** Evaluates the condition for every group that got something at the current time. */
  step(): void {
    if (this.touched.length === 0) return;
    for (const group of this.touched) this.evaluate(group);
    this.touched.length = 0;
  }

  /** Lets time go on to the next step: what leaves the windows before it leaves, and what is over before it is appended. */
  advance(now: number, closed: Closed[]): void {
    this.now = now;
    for (const each of this.early.splice(0)) closed.push(each);
    for (let group = this.leaving.first; group; group = this.leaving.first) {
      if (group.oldest!.time >= now - this.rule.timespanMs) break;
      this.leaving.shift();
      this.depart(group);
    }
    for (let end = this.episodes.nextOver(now); end; end = this.episodes.nextOver(now))
      this.close(end.group, end.until, closed);
  }

  /** Nothing follows: appends every open episode, those that only silence keeps open last. */
  finish(closed: Closed[]): void {
    this.advance(Infinity, closed);
    for (const group of this.groups.values()) if (group.episode) this.close(group, Infinity, closed);
  }

  private open(key: string, values: readonly Scalar[]): SlidingGroup {
    const inner = this.feed && new InnerWindow(this.feed.carried.length, this.reach.upMs);
    const group = new SlidingGroup(key, values, quantityOf(this.rule), inner);
    this.groups.set(key, group);
    return group;
  }

  private put(
    key: string,
    values: readonly Scalar[],
    source: RuleMatches,
    match: CorrelationMatch,
    measured: MeasuredValues,
    groups: number,
  ): void {
    const group = this.groups.get(key);
    if (group && match.inner && this.repeat(group, source, match.inner)) return;
    this.enter(group ?? this.open(key, values), source.entry(match, measured, groups));
  }

  /**
   * Lets the newest entry of a group stand for one more step of inner correlations, where nothing came in between and it makes
   * no difference how often they hold. So a burst costs the groups that it touches no entry a step.
   */
  private repeat(group: SlidingGroup, source: RuleMatches, stretch: InnerWindowPart): boolean {
    const { now, leaving } = this;
    const { newest, quantity } = group;
    if (!(leaving instanceof Departures) || !quantity.repeat || !newest?.inner || newest.rules !== source.rules)
      return false;
    const { held } = newest;
    addToRuns(newest, stretch, now - this.rule.timespanMs);
    this.inWindows += newest.held - held;
    if (newest.time === now) return true;
    const isWholeStep = group.step === newest;
    newest.time = now;
    group.step = newest;
    if (isWholeStep) leaving.move(group);
    else leaving.push(group);
    quantity.repeat(newest);
    this.touched.push(group);
    return true;
  }

  private exclude(match: CorrelationMatch): void {
    if (match.inner === undefined && match.event === this.excludedEvent) return;
    this.excludedEvent = match.inner === undefined ? match.event : NaN;
    this.excluded++;
  }

  private enter(group: SlidingGroup, entry: WindowEntry): void {
    const { newest } = group;
    if (newest && isSame(newest, entry)) {
      group.quantity.remove(newest);
      join(newest, entry);
      group.quantity.add(newest);
      return;
    }
    const first = newest === null || newest.time !== entry.time;
    group.append(entry, first);
    group.quantity.add(entry);
    // The quantity keeps those values itself, once for all steps.
    if (entry.inner !== null && this.rule.type === 'value_count') entry.measured = null;
    this.inWindows += entry.held;
    if (!first) return;
    this.touched.push(group);
    this.leaving.push(group);
  }

  private depart(group: SlidingGroup): void {
    const { time } = group.oldest!;
    for (let entry = group.oldest; entry?.time === time; entry = group.oldest) {
      group.quantity.remove(entry);
      this.inWindows -= entry.held;
      group.removeOldest();
    }
    if (group.met && !this.silent && !isMet(this.rule.condition, group.quantity.value(time + 1)))
      this.episodes.unmet(group, Math.min(this.now - 1, time + this.rule.timespanMs));
    this.forget(group);
  }

  /**
   * Makes room by a tenth, so that it is seldom needed. False where there is none: all that is held is of the current time.
   */
  private relieve(limit: number): boolean {
    if (this.fullAt === this.now) return false;
    const goal = 0.9 * limit;
    for (let group = this.leaving.first; group && this.held > goal; group = this.leaving.first) {
      if (group.oldest!.time >= this.now) break;
      this.leaving.shift();
      const { held } = this;
      this.depart(group);
      this.cut += held - this.held;
    }
    for (const group of this.groups.values()) {
      if (this.held <= goal) break;
      if (!group.episode || group.newest?.time === this.now) continue;
      this.cut += group.episode.list.size;
      this.close(group, this.now, this.early);
    }
    if (this.held < limit) return true;
    this.fullAt = this.now;
    return false;
  }

  private evaluate(group: SlidingGroup): void {
    const { now } = this;
    const value = group.quantity.value(now - this.rule.timespanMs);
    if (value !== null && (this.peak === null || value > this.peak)) this.peak = Number(value);
    if (isMet(this.rule.condition, value)) {
      this.episodes.met(group, value!, now);
      if (this.feed) this.onStep(this.match(group, this.feed));
      return;
    }
    // It held up to this step.
    if (group.met) this.episodes.unmet(group, now - 1);
    this.episodes.wait(group, now);
  }

  private match(group: SlidingGroup, feed: Feed): CorrelationMatch {
    const inner = group.inner!;
    const carried = inner.values(this.now - this.rule.timespanMs);
    return feed.match(group.values, carried, inner.handOn(this.now));
  }

  private close(group: SlidingGroup, until: number, closed: Closed[]): void {
    closed.push(this.episodes.close(group, until));
    this.forget(group);
  }

  private forget(group: SlidingGroup): void {
    if (group.oldest === null && group.episode === null) this.groups.delete(group.key);
  }
}
