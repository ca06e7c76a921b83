import type { SlidingWindow } from '../plan/types';

/** The names of a window's group columns; one with a constant where it has none. */
export function groupColumns(window: SlidingWindow): string[] {
  return window.by.length === 0 ? ['g1'] : window.by.map((_, index) => `g${index + 1}`);
}
