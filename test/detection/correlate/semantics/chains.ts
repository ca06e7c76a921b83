import { expect } from 'chai';
import { type Happening, SECOND, at, spans, values, BURST, THEN, type Points } from './expectation';

export const CHAINS: Points = {
  'A correlation matches, for another that refers to it, at every step at which its condition holds, not only at the first: what follows a burst, or a burst follows, is found however long it goes on. What is alerted stays one an episode.':
    [
      {
        correlations: { burst: BURST, c1: THEN, c2: 'type: temporal_ordered, rules: [b, burst], group-by: [host]' },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [30, 'b'], [65, 'b']],
        tells: ({ burst, c1, c2 }) => {
          expect(spans(burst)).to.deep.equal(['2-59']);
          expect(spans(c1)).to.deep.equal(['30-40', '65-65']);
          expect(spans(c2)).to.deep.equal(['30-40']);
        },
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [69, 'b']],
        tells: ({ c1 }) => expect(spans(c1)).to.deep.equal(['69-69']),
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [...at(Array.from({ length: 60 }, (_, second) => second)), [69.001, 'b']],
        tells: ({ c1 }) => expect(spans(c1)).to.deep.equal([]),
      },
    ],
  'It counts once for each of these steps and for each group, also for `event_count`; bursts are told apart by `value_count` of a field that they are grouped by.':
    [
      {
        correlations: {
          burst: BURST,
          c1: 'type: event_count, rules: [burst], condition: {gte: 3}',
          c2: 'type: value_count, rules: [burst], condition: {field: host, gte: 2}',
        },
        events: [...at([0, 1, 2, 3, 4]), ...at([5, 5, 5], 'a', { host: 'other' })],
        tells: ({ c1, c2 }) => {
          expect(spans(c1)).to.deep.equal(['4-5']);
          expect(spans(c2)).to.deep.equal(['5-5']);
        },
      },
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], condition: {gte: 2}' },
        events: at([0, 0, 0], 'a', { host: ['x', 'y'] }),
        tells: ({ c1 }) => expect(values(c1)).to.deep.equal([2]),
      },
    ],
  'It has the values of its group, and of any other field all that the events in its window at that step have, as a list: who joins a burst later is in its match from then on, and who has left the window is not.':
    [
      {
        correlations: { burst: BURST, c1: 'type: temporal_ordered, rules: [burst, b], group-by: [user]' },
        events: [
          ...[0, 1, 2, 3, 4, 5, 6].map((second): Happening => [second, 'a', { user: `u${second}` }]),
          ...[11, 12, 13, 14, 15, 16].map((second): Happening => [second, 'a', { user: 'last' }]),
          // The last step with u5 in its window is at 15.
          [24.9, 'b', { user: 'u4' }],
          [24.9, 'b', { user: 'u5' }],
          [24.9, 'b', { user: 'u6' }],
          [24.9, 'b', { user: 'last' }],
        ],
        tells: ({ c1 }) => expect(c1!.map(({ group }) => group['user'])).to.deep.equal(['last', 'u5', 'u6']),
      },
    ],
  'A step of one correlation is a step of the same time for the next; an event and the match that it completes are two, in any order.':
    [
      {
        correlations: {
          burst: BURST,
          c1: 'type: event_count, rules: [burst, a], condition: {gte: 4}',
          c2: 'type: temporal_ordered, rules: [a, burst], timespan: 1s',
          c3: 'type: temporal_ordered, rules: [burst, a], timespan: 1s',
          c4: 'type: temporal, rules: [c1, c2, c3], timespan: 1s',
        },
        events: at([0, 1, 2]),
        tells: ({ c1, c2, c3, c4 }) => {
          expect(values(c1)).to.deep.equal([4]);
          for (const alerts of [c1, c2, c3, c4]) expect(spans(alerts)).to.deep.equal(['2-2']);
        },
      },
    ],
  'An alert of a chain lists the events of the windows of all matches that lie in its own, and is visible when these had been delivered.':
    [
      {
        correlations: { burst: BURST, c1: THEN },
        events: [[-30, 'a'], ...at([0, 1, 2, 3]), [4, 'b'], [60, 'a', { late: 1 }]], // prettier-ignore
        tells: ({ c1 }) =>
          expect(c1!.map(({ events, visible }) => [events, visible])).to.deep.equal([[[1, 2, 3, 4, 5], 4 * SECOND]]),
      },
      {
        correlations: { burst: BURST, c1: THEN },
        events: [[0, 'a', { late: 50 }], ...at([1, 2]), [4, 'b']], // prettier-ignore
        tells: ({ c1 }) => expect(c1!.map(({ visible }) => visible)).to.deep.equal([50 * SECOND]),
        window: { model: 'sliding' },
      },
    ],
  'In buckets and in scheduled searches, each bucket in which the condition holds is a match at the time of its last event, and each search that finds something is one at its own time.':
    [
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], timespan: 30s, condition: {gte: 3}' },
        events: [...at([0, 1, 2]), ...at([10, 11, 12]), ...at([20, 21, 25])],
        tells: ({ burst, c1 }) => {
          expect(spans(burst)).to.deep.equal(['2-25']);
          expect(c1!.map(({ start, value }) => [start / SECOND, value])).to.deep.equal([[25, 3]]);
        },
        window: { model: 'tumbling' },
      },
      {
        correlations: { burst: BURST, c1: 'type: event_count, rules: [burst], timespan: 30s, condition: {gte: 2}' },
        events: at([0, 1, 2]),
        tells: ({ burst, c1 }) => {
          expect(spans(burst)).to.deep.equal(['4-8']);
          expect(c1!.map(({ start, value }) => [start / SECOND, value])).to.deep.equal([[8, 2]]);
        },
        window: { model: 'scheduled', intervalMs: 4 * SECOND, lookbackMs: 10 * SECOND, phaseMs: 0 },
      },
    ],
};
