import { expect } from 'chai';
import { RequestBook } from '../../../tools/evidence/replay/matches';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { type Line, MINUTE, runOf } from './run-of-events';

const lines: Line[] = [
  [1, { kind: 'benign', occurrence: 0 }, 'a'],
  [1, { kind: 'malicious', occurrence: 1 }, 'a'],
  [1, { kind: 'benign', occurrence: 0 }, 'a'],
  [2, { kind: 'malicious', occurrence: 2 }, 'a'],
  [2, { kind: 'benign', occurrence: 0 }, 'a'],
];

describe('MatchStore', () => {
  const { store } = runOf(lines, []);
  const events = (occurrences: number[], from = -Infinity, to = Infinity) =>
    store.select(0, { occurrences, from, to }).map((match) => match.event);

  it('puts ordinary traffic and occurrences together in the order of time, then of event', () => {
    expect(events([])).to.deep.equal([0, 2, 4]);
    expect(events([1])).to.deep.equal([0, 1, 2, 4]);
    expect(events([2, 1])).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('cuts at both ends of a time, which are included', () => {
    expect(events([1, 2], 2 * MINUTE, 2 * MINUTE)).to.deep.equal([3, 4]);
    expect(events([1, 2], MINUTE + 1)).to.deep.equal([3, 4]);
    expect(events([1, 2], -Infinity, 2 * MINUTE - 1)).to.deep.equal([0, 1, 2]);
  });
});

describe('RequestBook', () => {
  const plan = (field: string): Plan => ({
    expr: { op: 'test', test: { kind: 'exists', field, present: true } },
    fields: [field],
  });

  it('asks equal detections of one source once, with the fields of all', () => {
    const book = new RequestBook();
    expect([book.add('s', plan('x'), ['a']), book.add('s', plan('x'), ['a', 'b'])]).to.deep.equal([0, 0]);
    expect([book.add('t', plan('x'), []), book.add('s', plan('y'), [])]).to.deep.equal([1, 2]);
    expect(book.requests[0]!.fields).to.deep.equal(['a', 'b']);
  });
});
