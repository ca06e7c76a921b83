import * as fc from 'fast-check';
import type { FixedWindow } from './window-oracle';

export const tumbling = fc
  .integer({ min: -15, max: 15 })
  .map((originMs): FixedWindow => ({ model: 'tumbling', originMs }));
export const scheduled = fc.record({
  model: fc.constant('scheduled' as const),
  intervalMs: fc.integer({ min: 1, max: 12 }),
  lookbackMs: fc.integer({ min: 1, max: 20 }),
  phaseMs: fc.integer({ min: -5, max: 5 }),
});
