import { expect } from 'chai';
import fc from 'fast-check';
import { Failure } from '../../tools/foundation/content/failure';
import { isoTime, timestamper } from '../../tools/telemetry/time';

describe('times of records', () => {
  const iso = timestamper({ field: 'at', format: 'iso8601' });
  const sns = timestamper({ field: 'at', format: 'sns' });
  const epoch = timestamper({ field: 'at', format: 'epoch_millis' });

  const read: [string, string][] = [
    ['2026-08-04T03:12:09.412Z', '2026-08-04T03:12:09.412Z'],
    ['2026-08-04T03:12:09Z', '2026-08-04T03:12:09.000Z'],
    ['2026-08-04T03:12Z', '2026-08-04T03:12:00.000Z'],
    ['2026-08-04T03:12:09.412987654Z', '2026-08-04T03:12:09.412Z'],
    ['2026-08-04T03:12:09,5+02:00', '2026-08-04T01:12:09.500Z'],
    ['2026-08-04T00:30:00+0530', '2026-08-03T19:00:00.000Z'],
    ['2026-08-04T24:00:00.000Z', '2026-08-05T00:00:00.000Z'],
    ['2026-08-04T03:12:09+01', '2026-08-04T02:12:09.000Z'],
    ['20260804T031209.9999Z', '2026-08-04T03:12:09.999Z'],
    ['2028-02-29T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2026-12-31T23:59:59.999Z'],
  ];
  for (const [text, time] of read) it(`reads ${text}`, () => expect(iso(text)).to.equal(time));

  it('reads the time of an SNS delivery log as UTC', () => {
    expect(sns('2026-08-04 03:12:34.558')).to.equal('2026-08-04T03:12:34.558Z');
    for (const text of [
      '2026-08-04T03:12:34.558Z',
      '2026-08-04 03:12:34',
      '2026-02-30 03:12:34.558',
      '2026-08-04 25:12:34.558',
    ]) {
      expect(() => sns(text), text).to.throw(Failure, /at is .*format sns/);
    }
  });

  it('reads epoch milliseconds', () => {
    expect(epoch(1785813129470)).to.equal('2026-08-04T03:12:09.470Z');
    for (const value of ['1785813129470', NaN, 1e300, null, 0, 1785813129, 1785813129470000, -1])
      expect(() => epoch(value)).to.throw(Failure, 'epoch_millis');
  });

  it('refuses what is no time, or has no offset', () => {
    const wrong = [
      undefined,
      null,
      5,
      '',
      'now',
      '2026-08-04',
      '2026-08-04T03:12:09',
      '2026-08-04 03:12:09Z',
      '2026-13-01T00:00:00Z',
      '2026-02-30T00:00:00.000Z',
      '2027-02-29T00:00:00Z',
      '2026-08-04T03:61:00Z',
      '2026-08-04T24:00:01Z',
      '20260804T031209',
    ];
    for (const value of wrong) expect(() => iso(value), String(value)).to.throw(Failure, /at is .*format iso8601/);
  });

  it('does not depend on what was asked before', () => {
    const ms = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(ms, (at) => isoTime(at) === new Date(at).toISOString()),
      { numRuns: 2000 },
    );
    const near = fc.integer({ min: 1785801600000 - 2000, max: 1785801600000 + 2000 });
    fc.assert(
      fc.property(near, (at) => isoTime(at) === new Date(at).toISOString()),
      { numRuns: 500 },
    );
    expect(() => isoTime(NaN)).to.throw(RangeError);
  });
});
