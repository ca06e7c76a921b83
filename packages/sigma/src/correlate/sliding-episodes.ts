import type { Scalar } from '../values/event';
import type { Numeric } from '../values/scalar';
import type { CorrelationRule } from '../rules/model';
import { EventList } from './event-list';
import { Queue } from './queue';
import { visitStretches } from './runs';
import type { SlidingGroup } from './sliding-group';
import { groupRecord } from './source';
import type { Alert } from './types';

/** An alert whose episode is over, and the last millisecond at which it could have gone on. */
export interface Closed {
  rule: CorrelationRule;
  until: number;
  alert: Alert;
  /** The values of its group. */
  values: readonly Scalar[];
}

/** An episode that is over unless the condition became true again up to then. */
interface Ending {
  group: SlidingGroup;
  until: number;
}

/** The episodes of a correlation's groups in a sliding window: how each begins, goes on and ends. */
export class SlidingEpisodes {
  /** In the order of time, as conditions become false in that order. */
  private readonly ending = new Queue<Ending>();
  /** How many event numbers the lists of open episodes hold. */
  held = 0;

  /** `downMs`: where the rule is a correlation of correlations, the timespans of it and of those below it, else 0; `listed`: the events that an alert names at most. */
  constructor(
    private readonly rule: CorrelationRule,
    private readonly downMs: number,
    private readonly listed = Infinity,
  ) {}

  /** The condition holds of a group at this step. */
  met(group: SlidingGroup, value: Numeric, now: number): void {
    group.met = true;
    group.lastMet = now;
    if (group.episode) this.prolong(group, group.episode.list, now);
    else this.begin(group, value, now);
    group.episode!.end = now;
  }

  /** The condition, which held of a group, no longer does. */
  unmet(group: SlidingGroup, lastMet: number): void {
    group.met = false;
    group.lastMet = lastMet;
    this.ending.push({ group, until: lastMet + this.rule.timespanMs });
  }

  /** Keeps a step at which the condition does not hold: it is part of an open episode if that goes on. */
  wait({ episode, step }: SlidingGroup, now: number): void {
    if (!episode) return;
    const { list } = episode;
    this.held -= list.size;
    list.forget(now);
    for (let entry = step; entry; entry = entry.next) list.wait(entry, now);
    this.held += list.size;
  }

  /** Takes out the next episode that ended before `now`; undefined where there is none. */
  nextOver(now: number): Ending | undefined {
    for (let end = this.ending.first; end && end.until < now; end = this.ending.first) {
      this.ending.shift();
      const { group, until } = end;
      // Otherwise the condition became true again in time.
      if (group.episode && !group.met && group.lastMet + this.rule.timespanMs === until) return end;
    }
    return undefined;
  }

  /** Ends a group's episode. */
  close(group: SlidingGroup, until: number): Closed {
    const { start, end, visible, value, list } = group.episode!;
    const alert: Alert = {
      group: groupRecord(this.rule, group.values),
      start,
      end,
      visible,
      value,
      events: list.sorted(),
    };
    if (list.more > 0) alert.more = list.more;
    this.held -= list.size;
    group.episode = null;
    return { rule: this.rule, until, alert, values: group.values };
  }

  private begin(group: SlidingGroup, value: Numeric, now: number): void {
    const list = new EventList(this.listed, this.downMs);
    const from = now - this.rule.timespanMs;
    let visible = -Infinity;
    const see = ({ ingested }: { ingested: number }): void => {
      if (ingested > visible) visible = ingested;
    };
    for (let entry = group.oldest; entry; entry = entry.next) {
      list.add(entry, from);
      if (entry.runs) visitStretches(entry, from, see);
      else see(entry);
    }
    this.held += list.size;
    group.episode = { start: now, end: now, visible, value, list };
  }

  private prolong(group: SlidingGroup, list: EventList, now: number): void {
    this.held -= list.size;
    list.forget(now);
    list.confirm();
    for (let entry = group.step; entry; entry = entry.next) list.add(entry, now);
    this.held += list.size;
  }
}
