import { expect } from 'chai';
import { Failure } from '../../../tools/foundation/content/failure';
import { parseIncident } from '../../../tools/evidence/own-logs/incidents';

describe('an incident', () => {
  const start = Date.UTC(2026, 7, 3, 2);

  it('is a start and a length, or an end', () => {
    const end = start + 6 * 3_600_000;
    for (const text of [
      '2026-08-03T02:00Z/PT6H',
      '2026-08-03T02:00:00Z/2026-08-03T08:00Z',
      '2026-08-03T04:00+02:00/PT6H',
    ])
      expect(parseIncident(text), text).to.deep.equal({ start, end });
    expect(parseIncident('2026-08-03T02:00Z/P1DT30M').end).to.equal(start + 24.5 * 3_600_000);
  });

  for (const text of [
    '',
    '2026-08-03',
    '2026-08-03T02:00/PT6H',
    '2026-08-03T02:00Z/',
    '2026-08-03T02:00Z/P',
    '2026-08-03T02:00Z/PT',
    '2026-08-03T02:00Z/PT0H',
    '2026-08-03T02:00Z/PT1M2H',
    '2026-08-03T02:00Z/2026-08-03T01:00Z',
    '2026-02-30T02:00Z/PT6H',
    '2026-08-03T02:00Z/PT6H/PT6H',
  ])
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(() => parseIncident(text)).to.throw(Failure, /^--incident/);
    });
});
