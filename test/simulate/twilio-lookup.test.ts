import { expect } from 'chai';
import { lookupOf } from '../../tools/simulate/lenses/twilio-lookup';

const numbers = Array.from({ length: 20_000 }, (_, n) => `+9980009${String(n).padStart(5, '0')}`);
const answers = (warned?: boolean): { sms_pumping_risk: number; line_type: string }[] =>
  numbers.map((number) => lookupOf(number, warned) as { sms_pumping_risk: number; line_type: string });
const share = (all: readonly boolean[]): number => all.filter(Boolean).length / all.length;

describe('what Twilio Lookup says in a world', () => {
  it('is of few ordinary numbers that they are risky', () => {
    const all = answers();
    expect(share(all.map(({ sms_pumping_risk: risk }) => risk < 20))).to.be.closeTo(0.92, 0.01);
    expect(share(all.map(({ sms_pumping_risk: risk }) => risk >= 75))).to.be.closeTo(0.007, 0.003);
    expect(all.every(({ sms_pumping_risk: risk }) => risk >= 0 && risk <= 100)).to.equal(true);
  });

  it('warns of the others, of one in ten by its line', () => {
    const all = answers(true);
    expect(share(all.map(({ line_type: line }) => line === 'premium'))).to.be.closeTo(0.1, 0.01);
    const rest = all.filter(({ line_type: line }) => line !== 'premium');
    expect(rest.every(({ sms_pumping_risk: risk }) => risk >= 75 && risk <= 100)).to.equal(true);
  });

  it('is the same whenever it is asked', () => {
    expect(lookupOf('+998000939421')).to.deep.equal(lookupOf('+998000939421'));
  });
});
