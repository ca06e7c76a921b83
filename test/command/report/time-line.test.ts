import { expect } from 'chai';
import { timeLine } from '../../../tools/command/report/time-line';

const START = Date.UTC(2026, 0, 5);
const minutes = (...all: number[]) => all.map((minute) => START + minute * 60_000);

describe('a time line', () => {
  it('shows how many events lie where, and where the alert is, within its columns', () => {
    const rows = [
      { label: 'changed', times: minutes(0) },
      { label: 'sent', times: minutes(30, 30, ...new Array<number>(12).fill(60)) },
    ];
    expect(timeLine(rows, START + 3_600_000, 31)).to.deep.equal([
      'changed |1....................|',
      'sent    |..........2.........+|',
      '         alert, +1h 0m ^'.replace('         alert', `${' '.repeat(15)}alert`),
      '         2026-01-05T00:00:00.000Z to +1h 0m',
    ]);
  });

  it('is there for a single event', () => {
    const [row, mark] = timeLine([{ label: 'x', times: [START] }], START, 40);
    expect(row).to.equal(`x |1${'.'.repeat(35)}|`);
    expect(mark).to.equal('   ^ alert, +0s');
  });

  it('cuts long labels, and never lets one drive the terminal', () => {
    const lines = timeLine([{ label: `\u001b[31m${'long '.repeat(20)}`, times: minutes(0, 1) }], START, 80);
    expect(lines.join('')).not.to.contain('\u001b');
    expect(lines[0]).to.have.length(80);
  });
});
