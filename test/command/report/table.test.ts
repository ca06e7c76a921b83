import { expect } from 'chai';
import { table } from '../../../tools/command/report/table';
import { widthOf } from '../../../tools/command/report/width';

describe('a table on a terminal', () => {
  const rows = [
    ['rule', ...Array.from({ length: 8 }, (_, n) => `world-${n}`)],
    ['One client address', ...Array.from({ length: 8 }, (_, n) => String(n * 1000))],
    ['One device 電話', ...Array.from({ length: 8 }, (_, n) => String(n))],
  ];
  const right = rows[0]!.map((_, column) => column > 0);

  it('is one table where it fits, or goes to a file', () => {
    for (const columns of [200, Infinity]) {
      const lines = table(rows, { columns, keys: 1, right });
      expect(lines).to.have.length(3);
      expect(lines[2]).to.match(/^One device 電話 +0 +1 +2 +3 +4 +5 +6 +7$/);
    }
  });

  it('is several below each other where it does not, each with what the rows are about', () => {
    const lines = table(rows, { columns: 48, keys: 1, right, paintHead: (line) => line.toUpperCase() });
    for (const line of lines) expect(widthOf(line)).to.be.at.most(48);
    expect(lines.filter((line) => line.startsWith('RULE'))).to.have.length(3);
    expect(lines.filter((line) => line.startsWith('One device'))).to.have.length(3);
    for (const world of rows[0]!.slice(1)) expect(lines.join('\n')).to.contain(world.toUpperCase());
  });

  it('takes several lines for a long cell', () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64) '.repeat(5).trim();
    const lines = table(
      [
        ['agent', 'count'],
        [agent, '7'],
      ],
      { columns: 60, keys: 1, right: [false, true] },
    );
    for (const line of lines) expect(widthOf(line)).to.be.at.most(60);
    expect(lines.slice(1).join(' ').replace(/\s+/g, ' ')).to.contain('Linux');
    expect(lines[1]).to.match(/ 7$/);
  });
});
