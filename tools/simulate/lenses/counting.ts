import type { Event } from '@tollgate/sigma/values/event';
import type { Happening } from '../happening';
import type { Lens } from '../lens';
import type { World } from '../world';

/**
 * The lens of an edge product before the web forms, whose records depend on what it has counted. `start` gives what renders a run's
 * records, with empty counters; a record that is delivered twice is the same record.
 */
export function countingEdge(
  lens: Pick<Lens, 'source' | 'runs' | 'clock' | 'delay'>,
  start: () => (happening: Happening, world: World) => Event,
): Lens {
  const edge: Lens = {
    ...lens,
    sees(happening) {
      const { kind } = happening;
      return (kind === 'page' || kind === 'request' || kind === 'check') && happening.visit.entry === 'form';
    },
    record: () => {
      throw new Error(`${lens.source} counts: start it first`);
    },
    started() {
      const render = start();
      const made = new WeakMap<Happening, Event>();
      return {
        ...edge,
        record(happening, world) {
          const record = made.get(happening) ?? render(happening, world);
          made.set(happening, record);
          return record;
        },
      };
    },
  };
  return edge;
}
