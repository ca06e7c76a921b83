import { expect } from 'chai';
import { LabelStore } from '../../../tools/evidence/replay/labels';
import { MatchStore, RequestBook } from '../../../tools/evidence/replay/matches';
import { bookRules, closure, reported } from '../../../tools/evidence/replay/rule-detector';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import type { Dataset, Label } from '../../../tools/simulate/types';
import { burstIn, contractWith, sent } from './rules';

const burst = burstIn(10);
const contract = contractWith();

/** Events a minute apart: the block of each, and the occurrence it belongs to. */
function detectorOf(lines: [block: string, occurrence: number][], sources = ['src'], rule = burst) {
  const dataset = { sources, start: 0, end: 86_400_000 } as unknown as Dataset;
  const book = new RequestBook();
  const [make] = bookRules([sent, rule], new Map([['src', contract]]), dataset, book);
  const labels = new LabelStore(0, 1);
  const label = (occurrence: number): Label => ({ kind: occurrence ? 'malicious' : 'benign', occurrence });
  void [
    ...labels.watch(
      lines.map(([, occurrence], n) => ({
        n,
        source: 'src',
        time: n * 60_000,
        ingested: n * 60_000,
        label: label(occurrence),
        event: {},
      })),
    ),
  ];
  const matches: Match[] = lines.map(([block], event) => ({
    event,
    time: event * 60_000,
    ingested: event * 60_000,
    values: (book.requests[0]?.fields ?? []).map((field) => (field === 'block' ? block : 'shop')),
  }));
  const store = new MatchStore(book.requests, labels);
  if (book.requests.length > 0) for (const match of matches) store.add(0, match);
  return make!(store);
}

const all = { occurrences: [1], from: -Infinity, to: Infinity };

describe('rule detectors', () => {
  it('reports a correlation and not the base rule that only feeds it', () => {
    expect(reported([sent, burst])).to.deep.equal([burst]);
    expect(reported([sent, { ...burst, generate: true }])).to.have.length(2);
    expect(closure(burst, new Map([['sent', sent]]))).to.deep.equal([burst, sent]);
  });

  it('says how near the threshold a view came', () => {
    const detector = detectorOf([
      ['a', 0],
      ['a', 0],
      ['b', 0],
    ]);
    expect(detector.run({ ...all, occurrences: [] })).to.deep.include({ alerts: [], nearness: 2 / 3 });
  });

  it('takes the least value that satisfies the condition for the threshold', () => {
    const near = (condition: CorrelationRule['condition']) =>
      detectorOf([['a', 0]], ['src'], { ...burst, condition }).run(all).nearness;
    expect(near({ gt: 4 })).to.equal(1 / 5);
    expect(near({ gte: 4 })).to.equal(1 / 4);
    expect(near({ eq: 4 })).to.equal(1 / 4);
    expect(near({ lt: 4 })).to.equal(null);
  });

  it('leaves out groups that an occurrence does not touch, and nothing else', () => {
    const detector = detectorOf([
      ['a', 0],
      ['a', 0],
      ['a', 0],
      ['b', 0],
      ['b', 1],
      ['b', 1],
    ]);
    const groups = (view: Parameters<typeof detector.run>[0]) =>
      detector.run(view).alerts.map((alert) => alert.group['block']);
    expect(groups(all)).to.deep.equal(['a', 'b']);
    expect(groups({ ...all, touching: 1 })).to.deep.equal(['b']);
    expect(groups({ ...all, touching: 1, occurrences: [] })).to.deep.equal([]);
  });

  it('looks only at the time that it is asked for, both ends included', () => {
    const detector = detectorOf([
      ['a', 0],
      ['a', 0],
      ['a', 0],
    ]);
    expect(detector.run({ occurrences: [], from: 0, to: 120_000 }).alerts).to.have.length(1);
    expect(detector.run({ occurrences: [], from: 1, to: 120_000 }).alerts).to.have.length(0);
    expect(detector.run({ occurrences: [], from: 0, to: 119_999 }).alerts).to.have.length(0);
  });

  it('cannot run in a world without its source, and finds nothing there', () => {
    const detector = detectorOf([['a', 0]], ['other']);
    expect(detector.runnable).to.equal(false);
    expect(detector.run(all).alerts).to.deep.equal([]);
  });
});
