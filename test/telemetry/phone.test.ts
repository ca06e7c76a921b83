import { expect } from 'chai';
import fc from 'fast-check';
import { blockOf, countryOf, isE164, rangeOf, suffixOf } from '../../tools/telemetry/phone';
import { COUNTRY_PREFIXES } from '../../tools/telemetry/prefixes';

describe('phone numbers', () => {
  const known: [string, string][] = [
    ['+12025550143', 'US'],
    ['+14165550100', 'CA'],
    ['+18765550100', 'JM'],
    ['+16585550100', 'JM'],
    ['+18095550100', 'DO'],
    ['+18495550100', 'DO'],
    ['+17875550100', 'PR'],
    ['+12465550100', 'BB'],
    ['+16715550100', 'GU'],
    ['+7495000', 'RU'],
    ['+70000000000', 'RU'],
    ['+7701000', 'KZ'],
    ['+7600000', 'KZ'],
    ['+994000100217', 'AZ'],
    ['+998000939421', 'UZ'],
    ['+447700900123', 'GB'],
    ['+4415340', 'JE'],
    ['+3906980', 'IT'],
    ['+3906698', 'VA'],
    ['+33639980000', 'FR'],
    ['+261000000000', 'MG'],
    ['+5999000', 'CW'],
    ['+5993000', 'BQ'],
    ['+8810000', '001'],
    ['+9790000', '001'],
  ];
  // Set aside for examples, beginning with a 0, or too short to be anyone's.
  for (const [number, country] of known) {
    it(`puts ${number} in ${country}`, () => expect(countryOf(number)).to.equal(country));
  }

  it('gives no country to codes that nobody has', () => {
    for (const code of [
      '210',
      '214',
      '259',
      '280',
      '292',
      '384',
      '425',
      '699',
      '801',
      '830',
      '857',
      '899',
      '978',
      '999',
    ]) {
      expect(countryOf(`+${code}00000000`), code).to.equal(null);
    }
  });

  it('has each prefix once', () => {
    const prefixes = Object.values(COUNTRY_PREFIXES).flatMap((list) => list.split(' '));
    expect(new Set(prefixes).size).to.equal(prefixes.length);
    for (const prefix of prefixes) expect(prefix).to.match(/^[1-9]\d{0,6}$/);
    for (const country of Object.keys(COUNTRY_PREFIXES)) expect(country).to.match(/^([A-Z]{2}|001)$/);
  });

  it('agrees with a search of all prefixes, longest first', () => {
    const all = Object.entries(COUNTRY_PREFIXES)
      .flatMap(([country, list]) => list.split(' ').map((prefix) => ({ country, prefix })))
      .sort((a, b) => b.prefix.length - a.prefix.length);
    const number = fc.stringMatching(/^\+[1-9][0-9]{6,14}$/);
    fc.assert(
      fc.property(number, (text) => {
        const found = all.find(({ prefix }) => text.startsWith(`+${prefix}`));
        return countryOf(text) === (found?.country ?? null);
      }),
      { numRuns: 2000 },
    );
  });

  it('parts a number into block and suffix', () => {
    expect(blockOf('+994000100217')).to.equal('+99400010');
    expect(suffixOf('+994000100217')).to.equal('0217');
    fc.assert(fc.property(fc.stringMatching(/^\+[1-9][0-9]{6,14}$/), (n) => `${blockOf(n)}${suffixOf(n)}` === n));
  });

  it('puts a hundred blocks into a range of a million numbers', () => {
    expect(rangeOf('+994000100217')).to.equal('+994000');
    expect(rangeOf('+1234567')).to.equal('+1');
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9][0-9]{6,14}$/), (n) => {
        expect(blockOf(n)!.slice(0, -2)).to.equal(rangeOf(n));
      }),
    );
  });

  it('takes nothing that is not E.164', () => {
    const wrong = [
      '',
      '+',
      '994000100217',
      '00994000100217',
      '+0940001002',
      '+994 000 100 217',
      '+99400010o217',
      '+123456',
      '+1234567890123456',
      '+９９４０００１００２１７',
      'HIDDEN_DUE_TO_SECURITY_REASONS',
    ];
    for (const text of wrong) {
      expect(isE164(text), text).to.equal(false);
      for (const of of [countryOf, blockOf, rangeOf, suffixOf]) expect(of(text), text).to.equal(null);
    }
    expect(isE164('+1234567')).to.equal(true);
    expect(isE164('+123456789012345')).to.equal(true);
  });
});
