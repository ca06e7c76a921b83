import { expect } from 'chai';
import { compareEngines } from '../../../tools/evidence/replay/compare';
import type { EngineResult } from '../../../tools/detection/engine/execution';
import type { Match } from '@tollgate/sigma/correlate/match';

const request = { source: 's', plan: { expr: { op: 'and' as const, all: [] }, fields: [] }, fields: ['f'] };
const match = (event: number, value: string): Match => ({ event, time: event, ingested: event, values: [value] });
const result = (...matches: Match[]): EngineResult => ({ matches: [matches], events: {}, decidedAlone: 1 });
const compare = (a: EngineResult, b: EngineResult) => compareEngines([request], ['memory', a], ['elasticsearch', b]);

describe('compareEngines', () => {
  it('says nothing of equal answers', () => {
    expect(compare(result(match(1, 'x')), result(match(1, 'x')))).to.deep.equal([]);
  });

  it('tells an event that only one engine matches, either way', () => {
    expect(compare(result(match(1, 'x')), result())[0]).to.contain('event 1 matches in memory, not in elasticsearch');
    expect(compare(result(), result(match(1, 'x')))[0]).to.contain('matches in elasticsearch, not in memory');
  });

  it('tells another value and another time of the same event', () => {
    expect(compare(result(match(1, 'x')), result(match(1, 'y')))[0]).to.contain('f = ["x"] in memory and ["y"]');
    expect(compare(result(match(1, 'x')), result({ ...match(1, 'x'), ingested: 9 }))[0]).to.contain('other times');
  });

  it('counts what it does not tell', () => {
    const many = Array.from({ length: 50 }, (_, n) => match(n, 'x'));
    const differences = compare(result(...many), result());
    expect(differences).to.have.length(21);
    expect(differences[20]).to.equal('and 30 more differences');
  });
});
