import type { CorrelationMatch } from './types';

/**
 * Visits the matches of several inputs in the order in which a correlation takes them: of time; of one time, events in
 * their order before matches of correlations. The position is that of the input.
 */
export function visitInOrder(
  inputs: readonly (readonly CorrelationMatch[])[],
  visit: (position: number, match: CorrelationMatch) => void,
): void {
  const sorted = inputs.map((matches) => (isSorted(matches) ? matches : [...matches].sort(byOrder)));
  const next = sorted.map(() => 0);
  for (;;) {
    let first: CorrelationMatch | undefined;
    let from = -1;
    for (let position = 0; position < sorted.length; position++) {
      const match = sorted[position]![next[position]!];
      if (match === undefined || (first !== undefined && byOrder(first, match) <= 0)) continue;
      first = match;
      from = position;
    }
    if (first === undefined) return;
    next[from]!++;
    visit(from, first);
  }
}

function byOrder(a: CorrelationMatch, b: CorrelationMatch): number {
  const inner = Number(a.inner !== undefined) - Number(b.inner !== undefined);
  return a.time - b.time || inner || a.event - b.event;
}

function isSorted(matches: readonly CorrelationMatch[]): boolean {
  for (let i = 1; i < matches.length; i++) if (byOrder(matches[i - 1]!, matches[i]!) > 0) return false;
  return true;
}
