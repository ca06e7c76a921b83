import { expect } from 'chai';
import { Calendar } from '../../tools/simulate/calendar';

describe('what is yet to come', () => {
  it('comes out by its second, in the order in which it came in', () => {
    const calendar = new Calendar<{ time: number; name: string }>();
    for (const [time, name] of [
      [2999, 'a'],
      [1000, 'b'],
      [2000, 'c'],
      [1000, 'd'],
    ] as const)
      calendar.add({ time, name });
    const names = (second: number): string =>
      calendar
        .take(second)
        .map(({ name }) => name)
        .join('');
    expect([0, 1, 1, 2, 3].map(names)).to.deep.equal(['', 'bd', '', 'ac', '']);
    expect(calendar.isEmpty).to.be.true;
  });

  it('waits for its own second, however far ahead that is', () => {
    const calendar = new Calendar<{ time: number }>();
    const days = [0, 1, 7, 30];
    for (const day of days) calendar.add({ time: (7 + day * 86_400) * 1000 });
    const found: number[] = [];
    for (let second = 0; !calendar.isEmpty; second++) {
      for (const { time } of calendar.take(second)) {
        expect(Math.floor(time / 1000)).to.equal(second);
        found.push((second - 7) / 86_400);
      }
    }
    expect(found).to.deep.equal(days);
  });

  it('tells entries of one second from those that share its place', () => {
    const calendar = new Calendar<{ time: number }>();
    const seconds = Array.from({ length: 20_000 }, (_, second) => second);
    for (const second of [...seconds].reverse()) calendar.add({ time: second * 1000 });
    for (const second of seconds) expect(calendar.take(second)).to.deep.equal([{ time: second * 1000 }]);
    expect(calendar.isEmpty).to.be.true;
  });
});
