import type { Alert } from '@tollgate/sigma/correlate/types';
import { REARM_MS } from './rule-run';

/** Alerts of one detector with less than an hour between them (epoch ms): from when the first is visible until the last ends. */
export interface AlertSpan {
  from: number;
  to: number;
  alerts: number;
}

/** The alerts of a detector as spans, in the order of time. */
export function spansOf(alerts: readonly Pick<Alert, 'visible' | 'end'>[]): AlertSpan[] {
  const spans: AlertSpan[] = [];
  for (const { visible, end } of [...alerts].sort((a, b) => a.visible - b.visible)) {
    const last = spans.at(-1);
    if (last && visible - last.to < REARM_MS) {
      last.to = Math.max(last.to, end);
      last.alerts++;
    } else spans.push({ from: visible, to: Math.max(visible, end), alerts: 1 });
  }
  return spans;
}
