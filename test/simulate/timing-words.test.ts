import { expect } from 'chai';
import { actions, eventsOf, streamWith, texts } from './words';

/** Seconds between one and the next. */
const gaps = (times: number[]): number[] => times.slice(1).map((time, i) => (time - times[i]!) / 1000);

describe('a stream’s times', () => {
  it('are those of a machine that comes exactly every so many seconds', () => {
    const times = (visits_per_hour: number) =>
      actions(eventsOf([streamWith({ visits_per_hour, shape: 'clockwork', looks: false })]), 'otp_requested').map(
        ({ time }) => time,
      );
    expect(times(30)).to.have.length(30);
    expect(new Set(gaps(times(30)))).to.deep.equal(new Set([120]));
    expect(times(1800)).to.have.length(1800);
    expect(new Set(gaps(times(1800)))).to.deep.equal(new Set([2]));
  });

  it('have waits of their own before another code', () => {
    const stream = { more_codes: 3, looks: false, visits_per_hour: 20 };
    const waits = (words: object): number[] => {
      const sent = actions(eventsOf([streamWith({ ...stream, ...words })]), 'otp_requested');
      const visits = [...new Set(texts(sent, 'otp.id'))];
      return visits.flatMap((id) =>
        gaps(sent.filter(({ event }) => (event['otp'] as { id: string }).id === id).map(({ time }) => time)),
      );
    };
    // A send comes up to 0.7 seconds after its request, and the wait begins there.
    for (const wait of waits({ resend_after: ['5s', '8s'] })) expect(wait).to.be.within(5, 8.8);
    for (const wait of waits({ resend_after: '2m' })) expect(wait).to.be.within(120, 120.8);
    for (const wait of waits({})) expect(wait).to.be.within(30, 75.8);
    expect(waits({}).length).to.be.greaterThan(30);
  });
});
