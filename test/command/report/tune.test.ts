import { expect } from 'chai';
import { stripVTControlCharacters } from 'node:util';
import { sparkline } from '../../../tools/command/report/sparkline';
import { TUNE_FORMATS } from '../../../tools/command/report/tune';
import type { TunePoint, TuneReport } from '../../../tools/evidence/tune/result';

function point(value: number, caught: number, usdLost: number, rate: number): TunePoint {
  return {
    value,
    campaigns: { present: 4, caught },
    usdLost,
    usd: 900,
    incidentsPerDay: rate / 2,
    alerts: rate,
    episodes: rate * 6,
    days: 6,
    perDay: rate,
    interval: [0, rate + 0.61],
    specials: 3,
    worst: { world: 'shop|', rate, high: rate + 0.5 },
    isWithin: rate <= 0.4,
  };
}

const points = [point(5, 4, 20, 1), point(10, 3, 50, 0), point(40, 1, 800, 0)];
const parameter = {
  parameter: 'shop_block.numbers',
  description: 'Fewest numbers of one block.',
  unit: 'numbers',
  range: [5, 40] as [number, number],
  present: 40,
  points,
  choice: 10 as number | null,
  nearest: null as number | null,
  reported: points.slice(1),
};
const report: TuneReport = {
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Many numbers of one block',
  kind: 'rule',
  path: 'rules/shop/shop_block.yml',
  budget: { max: 0.4, per: 'day', world: 'worst' },
  worlds: ['shop|', 'bank'],
  days: 2,
  seeds: [1, 2, 3],
  reportSeeds: [4],
  parameters: [parameter],
};

describe('the report of a sweep', () => {
  const pretty = (of: TuneReport) => stripVTControlCharacters(TUNE_FORMATS.pretty(of));

  it('has the curves, a row a value, what to do, and the figures on other seeds', () => {
    const text = pretty(report);
    expect(text).to.contain('caught                █▆▁  1 to 4');
    expect(text).to.match(/^ +5 +4 of 4 +\$20\.00 +0\.50 +1\.00 \[0\.00–1\.61\] +3 +1\.00 in shop\|, beyond$/m);
    expect(text).to.match(/^take +10 +3 of 4/m);
    expect(text).to.contain(
      'take 10 numbers instead of 40: $800 lost becomes $50.00; within the budget so far, not proven: at most 0.50',
    );
    expect(text.split('on seeds 4, which chose nothing')[1]).to.match(/take +10[^]*present +40/);
  });

  it('says where no value is within the budget, and which is nearest', () => {
    const none = points.map((one) => ({ ...one, isWithin: false }));
    const without = { ...report, parameters: [{ ...parameter, points: none, choice: null, nearest: 10 }] };
    expect(pretty(without)).to.contain(
      'no value is within the budget of 0.4; nearest is 10 numbers, with 0.00 a day in shop|',
    );
    expect(pretty({ ...report, parameters: [{ ...parameter, choice: 40 }] })).to.contain(
      'keep 40: within the budget so far',
    );
    expect(pretty({ ...report, budget: null })).to.contain('there is no budget, so none is chosen');
  });

  it('is Markdown that no name of a world breaks, and JSON with everything', () => {
    const markdown = TUNE_FORMATS.markdown(report);
    expect(markdown).to.contain('## `shop_block.numbers`');
    expect(markdown).to.contain('1.00 in shop\\|, beyond |');
    expect(JSON.parse(TUNE_FORMATS.json(report))).to.deep.equal(report);
  });
});

describe('a sparkline', () => {
  it('goes from the lowest figure to the highest, and is flat where they are the same', () => {
    expect(sparkline([0, 7, 3.5, 14])).to.equal('▁▅▃█');
    expect(sparkline([2, 2])).to.equal('▁▁');
  });
});
