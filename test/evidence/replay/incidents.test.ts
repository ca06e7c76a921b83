import { expect } from 'chai';
import { HOLD_MS, incidentsOf } from '../../../tools/evidence/replay/incidents';
import { spansOf } from '../../../tools/evidence/replay/spans';

const HOUR = 3_600_000;

const sign = (hours: number, shows: string[], level = 'medium', lasts = 0) => {
  const from = hours * HOUR;
  return { span: { from, to: from + lasts * HOUR, alerts: 1 }, detector: { level, shows } };
};
const told = (signs: ReturnType<typeof sign>[]) =>
  incidentsOf(signs).map(({ from, to, alerts, high }) => [from, to, high?.span.from ?? null].map(hours).concat(alerts));
const hours = (time: number | null) => (time === null ? -1 : time / HOUR);

describe('incidents', () => {
  it('hold alerts with a day or less between them, however long they last', () => {
    expect(told([sign(0, ['volume']), sign(24, ['volume'])])).to.deep.equal([[0, 24, -1, 2]]);
    expect(told([sign(0, ['volume']), sign(24.01, ['volume'])])).to.deep.equal([
      [0, 0, -1, 1],
      [24.01, 24.01, -1, 1],
    ]);
    expect(told([sign(0, ['volume'], 'medium', 30), sign(50, ['volume'])])).to.deep.equal([[0, 50, -1, 2]]);
  });

  it('are high from when two kinds of sign agree, in whatever order they are told', () => {
    expect(told([sign(3, ['conversion']), sign(1, ['volume']), sign(2, ['volume'])])).to.deep.equal([[1, 3, 3, 3]]);
    expect(told([sign(1, ['control', 'volume'])]), 'a chain sees two').to.deep.equal([[1, 1, 1, 1]]);
  });

  it('are not high where the two are further apart than a day, though others keep the incident open', () => {
    const signs = [sign(0, ['client']), sign(20, ['volume']), sign(40, ['volume'])];
    expect(told(signs)).to.deep.equal([[0, 40, 20, 3]]);
    const apart = [sign(0, ['volume']), sign(20, ['volume']), sign(40, ['volume']), sign(60, ['volume'])];
    expect(told(apart)).to.deep.equal([[0, 60, -1, 4]]);
    const lasting = [sign(0, ['client'], 'medium', 40), sign(60, ['volume'])];
    expect(told(lasting), 'a sign counts until it ends').to.deep.equal([[0, 60, 60, 2]]);
  });

  it('are high from the first alert at level high or critical on', () => {
    expect(told([sign(1, ['volume']), sign(2, ['volume'], 'critical')])).to.deep.equal([[1, 2, 2, 2]]);
  });

  it('take what is below level medium as evidence, which opens none and agrees with nothing', () => {
    expect(told([sign(1, ['control'], 'low'), sign(2, ['volume'], 'informational')])).to.deep.equal([]);
    expect(told([sign(1, ['control'], 'low'), sign(2, ['volume']), sign(3, ['conversion'], 'low')])).to.deep.equal([
      [2, 2, -1, 2],
    ]);
  });

  it('are made of spans: the alerts of a detector with less than an hour between them', () => {
    const alert = (visible: number, end = visible) => ({ visible: visible * HOUR, end: end * HOUR });
    expect(spansOf([alert(2.5, 3), alert(0), alert(0.9, 2)])).to.deep.equal([{ from: 0, to: 3 * HOUR, alerts: 3 }]);
    expect(spansOf([alert(0), alert(1)])).to.have.length(2);
    expect(HOLD_MS).to.equal(24 * HOUR);
  });
});
