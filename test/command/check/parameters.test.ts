import { expect } from 'chai';
import { parametersCheck } from '../../../tools/command/check/parameters';
import { content, findings, withCorrelation } from './content';

describe('the check of parameters', () => {
  const found = (parameter: string): string => {
    const rules = withCorrelation('tollgate: {', `tollgate: {parameters: {n: ${parameter}}, `);
    return findings(parametersCheck, content({ rules })).join();
  };
  it('accepts a number and a timespan inside their ranges', () => {
    expect(found('{at: correlation.condition.gte, range: [5, 200]}')).to.equal('');
    expect(found('{at: correlation.timespan, range: [5, 60]}')).to.equal('');
  });
  it('refuses a path without a number, a value outside the range, and an empty range', () => {
    expect(found('{at: correlation.condition.gt, range: [5, 200]}')).to.contain(
      "bad-parameter: 'correlation.condition.gt'",
    );
    expect(found('{at: correlation.type, range: [5, 200]}')).to.contain('bad-parameter');
    expect(found('{at: references.length, range: [0, 200]}')).to.contain('bad-parameter');
    expect(found('{at: correlation.condition.gte, range: [50, 200]}')).to.contain('20 is outside [50, 200]');
    expect(found('{at: correlation.condition.gte, range: [200, 5]}')).to.contain('[200, 5] holds no values');
  });
});
