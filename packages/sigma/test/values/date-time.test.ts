import { expect } from 'chai';
import fc from 'fast-check';
import { readDateTime, readTime } from '../../src/values/date-time';

const AT = Date.UTC(2026, 0, 5, 10, 5, 0, 123);

describe('the time that a log writes', () => {
  it('is read in every form of ISO 8601 that is in use', () => {
    const texts = [
      '2026-01-05T10:05:00.123Z',
      '2026-01-05t10:05:00.123z',
      '2026-01-05 10:05:00,123',
      '2026-01-05T10:05:00.123999999Z',
      '2026-01-05T11:05:00.123+01',
      '2026-01-05 11:05:00.123 +0100',
      '2026-01-05T04:35:00.123-05:30',
      '20260105T100500.123Z',
      '20260105T110500,1239+0100',
      '20260105 110500.123+01',
    ];
    for (const text of texts) expect(readTime(text), text).to.equal(AT);
    expect(readTime('2026-01-05')).to.equal(Date.UTC(2026, 0, 5));
    expect(readTime('2026-01-05T24:00:00Z')).to.equal(Date.UTC(2026, 0, 6));
    expect(readTime('2028-02-29T10:05')).to.equal(Date.UTC(2028, 1, 29, 10, 5));
  });

  it('is no other text, and on no day or hour that there is not', () => {
    const texts = [
      ...['', 'now', '2026', '2026-01', '2026-1-5', '20260105', '2026-W02-1', '2026-005', '05/01/2026', '10:05:00'],
      ...[
        '2026-02-30',
        '2027-02-29T10:05:00Z',
        '2026-13-01',
        '2026-00-01',
        '2026-01-00',
        '20260230T100500Z',
        '2026-04-31 10:05:00',
      ],
      ...[
        '2026-01-05T24:00',
        '2026-01-05T24:00:01Z',
        '2026-01-05T25:00:00Z',
        '2026-01-05T10:60:00Z',
        '2026-12-31T23:59:60Z',
      ],
      ...['2026-01-05T10:05:00+24', '2026-01-05T10:05:00+01:60', '2026-01-05T10:05:00.Z', '2026-01-05T10:05:00 UTC'],
      ...[' 2026-01-05', '2026-01-05 ', '2026-01-05T10:05:00Z\n', '+2026-01-05', '2026-01-05Z'],
    ];
    for (const text of texts) expect(readTime(text), JSON.stringify(text)).to.equal(null);
  });

  it('is never later than it was', () => {
    const text = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.stringMatching(/^\d{0,9}$/));
    fc.assert(
      fc.property(text, ([ms, finer]) => {
        const iso = new Date(ms).toISOString();
        expect(readDateTime(iso)).to.equal(ms);
        expect(readDateTime(iso.replace('Z', `${finer}Z`))).to.equal(ms);
      }),
    );
  });

  it('is a number in the unit in which it is a time of these decades', () => {
    const whole = fc.integer({ min: Date.UTC(1980, 0) / 1000, max: Date.UTC(2100, 0) / 1000 - 1 });
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 999 }), (seconds, ms) => {
        const [s, m] = [String(seconds), String(ms).padStart(3, '0')];
        const expected = seconds * 1000 + ms;
        for (const text of [`${s}.${m}`, `${s}.${m}999`, s + m, `${s}${m}.5`, `${s}${m}999`, `${s}${m}999999`]) {
          expect(readTime(text), text).to.equal(expected);
          // A double of nanoseconds is exact to 256 of them.
          const ofNumber = readTime(Number(text));
          if (text.length > 16) expect(ofNumber).to.be.within(expected, expected + 1);
          else expect(ofNumber, text).to.equal(expected);
        }
        expect(readTime(BigInt(`${s}${m}999999`))).to.equal(expected);
        expect(readTime(s)).to.equal(seconds * 1000);
      }),
    );
    expect(readTime('1.7672256001234E9')).to.equal(1767225600123);
  });

  it('is no duration, no zero and nothing far away', () => {
    const values = [
      0,
      1,
      12.5,
      -1,
      86_400,
      315_532_799,
      4_102_444_800,
      1e10,
      20260105,
      1e13,
      57971e12,
      1e19,
      NaN,
      Infinity,
    ];
    for (const value of values) {
      expect(readTime(value), String(value)).to.equal(null);
      expect(readTime(String(value)), String(value)).to.equal(null);
    }
    const texts = [
      '0001-01-01T00:00:00Z',
      '1969-12-31T23:59:59Z',
      '2100-01-01',
      '9999-12-31T23:59:59Z',
      '1767225600s',
      '0x69',
    ];
    for (const value of [...texts, null, undefined, true, {}, []])
      expect(readTime(value), String(value)).to.equal(null);
  });
});
