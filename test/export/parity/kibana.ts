import type { KibanaRule } from '../../../tools/export/elastic/rule';
import { esql } from '../esql-engine';

/** One alert that a rule would have made: when its run began, and the row that the query answered. */
export interface Made {
  at: number;
  row: Record<string, unknown>;
}

/** What a rule cost in its runs, in milliseconds, in order. */
export interface Emulated {
  alerts: Made[];
  took: number[];
}

/**
 * Runs an exported ES|QL rule as Kibana does: each query sees what arrived in the lookback up to its run, both ends included, and takes the run's
 * time for the present. `runs` are the times, which need not be all of the schedule: a run in which nothing new can hold may be left out.
 */
export async function emulate(rule: KibanaRule, runs: readonly number[]): Promise<Emulated> {
  const back = milliseconds(rule.from.replace('now-', ''));
  const alerts: Made[] = [];
  const took: number[] = [];
  for (const at of runs) {
    const range = { gte: at - back, lte: at, format: 'epoch_millis' };
    const began = performance.now();
    const rows = await esql(`${rule.query}\n| LIMIT ${rule.max_signals}`, { range: { 'event.ingested': range } }, at);
    took.push(performance.now() - began);
    alerts.push(...rows.map((row) => ({ at, row })));
  }
  return { alerts, took: took.sort((a, b) => a - b) };
}

/** A length of time as Kibana writes it. */
export function milliseconds(text: string): number {
  const unit = { s: 1000, m: 60_000, h: 3_600_000 }[text.at(-1)!]!;
  return Number(text.slice(0, -1)) * unit;
}
