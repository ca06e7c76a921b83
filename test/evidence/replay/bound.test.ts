import { expect } from 'chai';
import { FALSE_ALARMS_A_DAY, firstKnowable, OrdinaryRates } from '../../../tools/evidence/replay/bound';
import { messageOf } from './messages';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Ten days in which each hour has as many messages to one range, of which all but so many in a hundred are used. */
function ordinaryOf({ anHour = 10, unused = 20, block = '+44790000' } = {}): OrdinaryRates {
  const rates = new OrdinaryRates(10);
  for (let n = 0; n < 240 * anHour; n++) {
    const time = (n / anHour) * HOUR;
    rates.add(messageOf({ time, block, usedAt: n % 100 < unused ? null : time + 1 }));
  }
  return rates;
}

/** So many messages in an hour, evenly, of which each is used after a minute, or none. */
function campaignOf(count: number, { block = '+44791111', used = false } = {}) {
  return Array.from({ length: count }, (_, n) => {
    const time = Math.round((n / count) * HOUR);
    return messageOf({ time, block, usedAt: used ? time + MINUTE : null });
  });
}

const minutes = (time: number | null) => (time === null ? null : time / MINUTE);

describe('the bound of an observer who knows all rates', () => {
  it('is reached when the likelihood ratio is', () => {
    // 240 messages a day; the range is new, as good as one message in ten days: 1/10 × 1/24 an hour. The campaign's 60 an hour add
    // ln(1 + 60 × 240) = 9.57 each; threshold ln(240 / 0.2) = 7.09, so that the first is enough.
    const ordinary = ordinaryOf();
    expect(ordinary.perHour('+44791111', 0)).to.be.closeTo(1 / 240, 1e-4);
    expect(FALSE_ALARMS_A_DAY).to.equal(0.2);
    expect(minutes(firstKnowable(campaignOf(60), ordinary))).to.equal(0);
    // In a range with 10 an hour of ordinary traffic each adds ln(1 + 60 / 10) = 1.95, and a minute takes (60 − 10 × 1.95) / 60 = 0.68 back:
    // the first five by minute 4 are 5 × 1.95 − 4 × 0.68 = 7.0, the sixth is enough.
    expect(
      minutes(firstKnowable(campaignOf(60, { block: '+44790000', used: true }), ordinaryOf({ unused: 0 }))),
    ).to.equal(5);
  });

  it('comes later in a range that is in use, and never for what is lost in it', () => {
    const inUse = { block: '+44790000', used: true };
    const [quiet, busy] = [10, 100].map((anHour) =>
      firstKnowable(campaignOf(60, inUse), ordinaryOf({ anHour, unused: 0 })),
    );
    expect(minutes(busy!)).to.be.greaterThan(minutes(quiet!)!);
    expect(firstKnowable(campaignOf(3, inUse), ordinaryOf({ anHour: 1000, unused: 0 }))).to.equal(null);
    expect(firstKnowable([], ordinaryOf())).to.equal(null);
  });

  it('comes sooner where codes are not entered that otherwise are, but not before they are ten minutes old', () => {
    const ordinary = ordinaryOf({ anHour: 1000, unused: 1 });
    const [lost, used] = [false, true].map((isUsed) =>
      firstKnowable(campaignOf(60, { block: '+44790000', used: isUsed }), ordinary),
    );
    expect(minutes(lost!)).to.be.within(10, 20);
    expect(used).to.equal(null);
  });

  it('knows a slow campaign by what adds up over hours', () => {
    const drip = Array.from({ length: 48 }, (_, n) => messageOf({ time: n * HOUR, usedAt: n * HOUR + 1 }));
    const known = firstKnowable(drip, ordinaryOf({ anHour: 1, unused: 0 }));
    expect(known! / HOUR).to.be.within(8, 47);
  });
});
