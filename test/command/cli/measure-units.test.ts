import { expect } from 'chai';
import { estimateText, partOf, shardOf } from '../../../tools/command/cli/measure-units';
import { loadWorlds } from '../../../tools/simulate/load';
import type { OpenUnit } from '../../../tools/evidence/measure/run';
import { unitOf } from '../../evidence/measure/sample';

describe('the units of a measurement', () => {
  const units = [3, 900, 40, 40, 500, 1, 77].map((weight, index) => ({ ...unitOf({ seed: 101 + index }), weight }));
  const weightOf = ({ seed }: { seed: number }): number => units[seed - 101]!.weight;

  it('are dealt out to shards: each to one, none much heavier than its largest unit makes it', () => {
    for (const of of [1, 2, 3, 7, 9]) {
      const shards = Array.from({ length: of }, (_, index) => partOf(units, { part: index + 1, of }, weightOf));
      expect(shards.flat().map(({ seed }) => seed)).to.have.members(units.map(({ seed }) => seed));
      for (const shard of shards) expect([...shard].sort((a, b) => a.seed - b.seed)).to.deep.equal(shard);
    }
    const [first, second] = [1, 2].map((part) => partOf(units, { part, of: 2 }, weightOf).map(weightOf));
    expect([first, second]).to.deep.equal([[900], [3, 40, 40, 500, 1, 77]]);
  });

  it('are asked for by a part of how many', () => {
    expect(shardOf('3/8')).to.deep.equal({ part: 3, of: 8 });
    for (const wrong of ['0/8', '9/8', '3', '3/', '/8', 'a/b', '3/8/1', '1/0'])
      expect(() => shardOf(wrong), wrong).to.throw('Write k/n, such as 3/8.');
  });

  it('are told with the time that they take', () => {
    const worlds = loadWorlds('datasets');
    const large: OpenUnit = {
      unit: unitOf({ world: 'national-bank', days: 8 }),
      only: undefined,
      detectors: 60,
      isFirst: true,
    };
    const few = { ...large, only: ['a rule'], detectors: 1 };
    const minutes = (open: OpenUnit[], jobs: number): number =>
      Number(/about (\d+) min/.exec(estimateText(open, worlds, jobs))![1]);
    expect(minutes([large, large], 1)).to.be.greaterThan(minutes([few, few], 1));
    expect(minutes([large, large], 2)).to.be.lessThan(minutes([large, large], 1));
    expect(estimateText([], worlds, 2)).to.equal('every unit is measured already');
  });
});
