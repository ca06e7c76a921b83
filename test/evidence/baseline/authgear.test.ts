import { expect } from 'chai';
import { judge } from '../../../tools/evidence/replay/judge';
import type { Occurrence } from '../../../tools/simulate/types';
import { authgearOn, DAY, EVERYTHING, HOUR, MINUTE, series, type Code } from './otp-run';

const COUNTRY_DAILY = 'SMS__UNVERIFIED_OTPS__BY_PHONE_COUNTRY__DAILY';
const COUNTRY_HOURLY = 'SMS__UNVERIFIED_OTPS__BY_PHONE_COUNTRY__HOURLY';
const IP_DAILY = 'SMS__UNVERIFIED_OTPS__BY_IP__DAILY';
const IP_HOURLY = 'SMS__UNVERIFIED_OTPS__BY_IP__HOURLY';
const COUNTRIES = 'SMS__PHONE_COUNTRIES__BY_IP__DAILY';

/** Start times of what one of Authgear's limits raises. */
function raised(id: string, codes: Code[], options?: Parameters<typeof authgearOn>[1]): number[] {
  return authgearOn(codes, options)
    .detector(id)
    .run(EVERYTHING)
    .alerts.map(({ start }) => start);
}

describe("Authgear's published limits", () => {
  it('warn of the 21st unverified code to a country in a day, not of the 20th', () => {
    const every = HOUR;
    expect(raised(COUNTRY_DAILY, series('a', 20, 0, every))).to.deep.equal([]);
    expect(raised(COUNTRY_DAILY, series('a', 21, 0, every))).to.deep.equal([20 * every]);
  });

  it('warn of the fourth unverified code to a country in an hour, and count the one exactly an hour ago', () => {
    expect(raised(COUNTRY_HOURLY, series('a', 3, 0, MINUTE))).to.deep.equal([]);
    expect(raised(COUNTRY_HOURLY, series('a', 4, 0, 20 * MINUTE))).to.deep.equal([HOUR]);
    expect(raised(COUNTRY_HOURLY, series('a', 4, 0, 20 * MINUTE + 1))).to.deep.equal([]);
  });

  it('forgive a code from the moment at which it is verified', () => {
    const late = series('a', 4, 0, MINUTE, { verified: 10 * MINUTE });
    expect(raised(COUNTRY_HOURLY, late)).to.deep.equal([3 * MINUTE]);
    expect(raised(COUNTRY_HOURLY, series('a', 4, 0, 11 * MINUTE, { verified: 10 * MINUTE }))).to.deep.equal([]);
  });

  it('count the message before a resend as unverified, and a record that was delivered twice once', () => {
    const resent = [0, 1, 2, 3].map((n): Code => {
      const first = n * 5 * MINUTE;
      return { id: `r${n}`, at: [first, first + MINUTE], verified: first + 2 * MINUTE };
    });
    expect(raised(COUNTRY_HOURLY, resent)).to.deep.equal([11 * MINUTE]);
    expect(raised(COUNTRY_HOURLY, series('a', 3, 0, MINUTE), { twice: true })).to.deep.equal([]);
  });

  it('allow three tenths of what was verified in the last day', () => {
    const verified = series('v', 100, 0, MINUTE, { verified: MINUTE });
    const after = (count: number) => [...verified, ...series('u', count, 2 * HOUR, MINUTE)];
    expect(raised(COUNTRY_DAILY, after(30))).to.deep.equal([]);
    expect(raised(COUNTRY_DAILY, after(31))).to.deep.equal([2 * HOUR + 30 * MINUTE]);
  });

  it('remember the best of the last fourteen days, and forget it on the fifteenth', () => {
    const verified = series('v', 100, 0, MINUTE, { verified: MINUTE });
    const on = (day: number) => [...verified, ...series('u', 25, day * DAY, MINUTE)];
    expect(raised(COUNTRY_DAILY, on(14))).to.deep.equal([]);
    expect(raised(COUNTRY_DAILY, on(15))).to.deep.equal([15 * DAY + 20 * MINUTE]);
    // 100 / 6 × 0.2 = 3.3 allow no fourth in an hour.
    expect(raised(COUNTRY_HOURLY, on(14))).to.deep.equal([14 * DAY + 3 * MINUTE]);
  });

  it('hold addresses against floors of ten a day and five an hour', () => {
    expect(raised(IP_DAILY, series('a', 10, 0, HOUR))).to.deep.equal([]);
    expect(raised(IP_DAILY, series('a', 11, 0, HOUR))).to.deep.equal([10 * HOUR]);
    expect(raised(IP_HOURLY, series('a', 5, 0, MINUTE))).to.deep.equal([]);
    expect(raised(IP_HOURLY, series('a', 6, 0, MINUTE))).to.deep.equal([5 * MINUTE]);
    expect(raised(IP_HOURLY, series('a', 6, 0, MINUTE, { address: null }))).to.deep.equal([]);
  });

  it('allow an address a fifth of a sixth of what it verified in a day', () => {
    const verified = series('v', 240, 0, MINUTE, { verified: 1000 });
    const after = (count: number) => [...verified, ...series('u', count, 5 * HOUR, MINUTE)];
    expect(raised(IP_HOURLY, after(8))).to.deep.equal([]);
    expect(raised(IP_HOURLY, after(9))).to.deep.equal([5 * HOUR + 8 * MINUTE]);
  });

  it('warn of the fourth country from an address, without those in which it verified a code', () => {
    const to = (country: string, minute: number, verified?: number): Code => ({
      id: country,
      at: [minute * MINUTE],
      country,
      ...(verified !== undefined && { verified: verified * MINUTE }),
    });
    const four = [to('UZ', 0), to('AZ', 1), to('LK', 2), to('NG', 3)];
    expect(raised(COUNTRIES, four)).to.deep.equal([3 * MINUTE]);
    expect(raised(COUNTRIES, four.slice(1))).to.deep.equal([]);
    expect(raised(COUNTRIES, [...four.slice(0, 3), to('FR', 3, 4), to('FR', 5)])).to.deep.equal([3 * MINUTE]);
    expect(raised(COUNTRIES, [to('FR', 0, 1), ...four.slice(1)])).to.deep.equal([]);
    expect(
      raised(COUNTRIES, [to('UZ', 0), ...series('n', 1, DAY + 1, 1, { country: 'NG' }), ...four.slice(1, 3)]),
    ).to.deep.equal([]);
  });

  it('join what goes on into one episode, and begin another after a quiet window', () => {
    const { detector } = authgearOn([...series('a', 9, 0, 15 * MINUTE), ...series('b', 4, 5 * HOUR, MINUTE)]);
    const { alerts, nearness } = detector(COUNTRY_HOURLY).run(EVERYTHING);
    expect(alerts.map(({ start, end }) => [start, end])).to.deep.equal([
      [45 * MINUTE, 2 * HOUR],
      [5 * HOUR + 3 * MINUTE, 5 * HOUR + 3 * MINUTE],
    ]);
    expect(alerts[0]).to.deep.include({ group: { 'destination.country': 'UZ' }, value: 4, visible: 45 * MINUTE });
    expect(alerts[0]!.events).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(nearness).to.equal(5 / 3);
  });

  it('raise nothing in the history before the measured days, but count it', () => {
    const codes = series('a', 5, 0, MINUTE);
    expect(raised(COUNTRY_HOURLY, codes, { start: 4 * MINUTE })).to.deep.equal([4 * MINUTE]);
    expect(raised(COUNTRY_HOURLY, codes, { start: 5 * MINUTE })).to.deep.equal([]);
  });

  it('are judged by twins: a campaign is caught in its own country, and what ordinary traffic raises anyhow is not its doing', () => {
    const campaign: Occurrence = {
      number: 1,
      scenario: 's',
      title: 's',
      kind: 'malicious',
      start: HOUR,
      end: 2 * HOUR,
    };
    const attack = series('m', 30, HOUR, MINUTE, { occurrence: 1, address: '192.0.2.9' });
    const outcome = (codes: Code[]) => {
      const { detector, dataset, labels } = authgearOn([...codes, ...attack], { occurrences: [campaign] });
      return judge(detector(COUNTRY_HOURLY), dataset, labels).campaigns[0]!;
    };
    expect(outcome([])).to.deep.include({ outcome: 'caught', seconds: 180 });
    expect(outcome(series('b', 60, HOUR - 10 * MINUTE, MINUTE))).to.deep.include({ outcome: 'missed' });
    expect(outcome(series('b', 60, HOUR - 10 * MINUTE, MINUTE, { country: 'FR' }))).to.deep.include({
      outcome: 'caught',
    });
  });
});
