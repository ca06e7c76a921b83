import { expect } from 'chai';
import { CHECKS } from '../../tools/check/checks';
import { schemaCheck } from '../../tools/check/schema';
import { content, findings, withCorrelation } from './content';

describe('the checks', () => {
  it('find nothing in a good rule but that it has no cases', () => {
    const found = [schemaCheck, ...CHECKS].flatMap((check) =>
      findings(check, content({ rules: withCorrelation('', '') })),
    );
    expect(found.map((one) => one.split(':').slice(0, 2).join(':'))).to.deep.equal([
      '2:1 missing-cases',
      '17:1 missing-cases',
    ]);
  });

  it('have a name and say what they check', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).to.equal(CHECKS.length);
    for (const { what } of CHECKS) expect(what).to.match(/^[A-Z].*\.$/);
  });
});
