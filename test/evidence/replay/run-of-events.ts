import type { Alert } from '@tollgate/sigma/correlate/types';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Dataset, Label, Occurrence, SimulatedEvent } from '../../../tools/simulate/types';
import type { Detector } from '../../../tools/evidence/replay/detector';
import { LabelStore } from '../../../tools/evidence/replay/labels';
import { MatchStore } from '../../../tools/evidence/replay/matches';

export const MINUTE = 60_000;

/** A line of a made-up run: when (minutes), whose, and the group it belongs to. */
export type Line = [minute: number, label: Label, group: string];

/** Everything a judgement needs, from a handful of lines; the detector counts `threshold` events of a group in ten minutes. */
export function runOf(lines: Line[], occurrences: Occurrence[], threshold = 3) {
  const events: SimulatedEvent[] = lines.map(([minute, label], n) => ({
    n,
    source: 'test.source',
    time: minute * MINUTE,
    ingested: minute * MINUTE + 1000,
    label,
    event: {},
  }));
  const labels = new LabelStore(0, 1);
  const passed = [...labels.watch(events)];
  const matches: Match[] = lines.map(([minute, , group], event) => ({
    event,
    time: minute * MINUTE,
    ingested: minute * MINUTE + 1000,
    values: [group],
  }));
  const request = { source: 'test.source', plan: { expr: { op: 'and' as const, all: [] }, fields: [] }, fields: ['g'] };
  const store = new MatchStore([request], labels);
  for (const match of matches) store.add(0, match);
  const dataset: Dataset = {
    world: 'test-world',
    seed: 1,
    start: 0,
    end: 86_400_000,
    days: 1,
    sources: ['test.source'],
    occurrences,
    events: () => events,
  };
  return { labels, store, dataset, passed, detector: countingDetector(store, threshold) };
}

function countingDetector(store: MatchStore, threshold: number): Detector {
  return {
    id: 'counting',
    title: 'Counting',
    kind: 'rule',
    path: 'rules/counting.yml',
    level: 'high',
    status: 'test',
    shows: ['volume'],
    sources: ['test.source'],
    runnable: true,
    alertsOn: 'episode',
    catches: [],
    reach: { before: 20 * MINUTE, after: 20 * MINUTE },
    run(view) {
      const groups = new Map<string, Match[]>();
      for (const match of store.select(0, view)) {
        const group = String(match.values[0]);
        groups.set(group, [...(groups.get(group) ?? []), match]);
      }
      const alerts: Alert[] = [];
      let peak = 0;
      for (const [group, list] of groups) {
        let open: Alert | undefined;
        for (const [i, match] of list.entries()) {
          const window = list.slice(0, i + 1).filter((other) => other.time >= match.time - 10 * MINUTE);
          peak = Math.max(peak, window.length);
          if (window.length < threshold) continue;
          if (open && match.time - open.end <= 10 * MINUTE) {
            open.end = match.time;
            open.events.push(match.event);
            continue;
          }
          const visible = Math.max(...window.map((one) => one.ingested));
          const events = window.map((one) => one.event);
          open = { group: { g: group }, start: match.time, end: match.time, visible, value: threshold, events };
          alerts.push(open);
        }
      }
      return { alerts, excluded: 0, nearness: peak / threshold };
    },
  };
}
