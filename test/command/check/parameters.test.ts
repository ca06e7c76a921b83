import { expect } from 'chai';
import { parametersCheck } from '../../../tools/command/check/parameters';
import { content, findings, PARAMETERS, rule, withCorrelation } from './content';

const COUNT = 'n: {at: correlation.condition.gte, range: [5, 200], unit: numbers, description: Fewest of them.}';
const WINDOW = 'w: {at: correlation.timespan, range: [5, 60], unit: minutes, description: How long they count.}';

describe('the check of parameters', () => {
  const found = (...parameters: string[]): string => {
    const rules = withCorrelation(PARAMETERS, `parameters: {${parameters.join(', ')}}`);
    return findings(parametersCheck, content({ rules })).join();
  };
  const changed = (from: string, to: string): string => found(COUNT.replace(from, to), WINDOW);

  it('accepts a number and a timespan inside their ranges', () => {
    expect(found(COUNT, WINDOW)).to.equal('');
  });
  it('refuses a path without a number, a value outside the range, and an empty range', () => {
    expect(changed('gte', 'gt')).to.contain("bad-parameter: 'correlation.condition.gt'");
    expect(changed('correlation.condition.gte', 'correlation.type')).to.contain('bad-parameter');
    expect(changed('correlation.condition.gte', 'references.length')).to.contain('bad-parameter');
    expect(changed('[5, 200]', '[50, 200]')).to.contain('20 is outside [50, 200]');
    expect(changed('[5, 200]', '[200, 5]')).to.contain('[200, 5] holds no values');
  });
  it('refuses another unit for a timespan than the one in which it is written', () => {
    expect(found(COUNT, WINDOW.replace('minutes', 'hours'))).to.match(/bad-unit: .* \| write minutes$/);
  });
  it('finds the number of another rule of the file, also below a key with a dot', () => {
    const base = rule({ selection: '{state: failed, price.usd|gte: 3}' });
    const of = (name: string) =>
      `p: {rule: ${name}, at: detection.selection.price.usd|gte, range: [1, 9], unit: US dollars, description: Lowest price.}`;
    const problems = (name: string) => {
      const texts = withCorrelation(PARAMETERS, `parameters: {${COUNT}, ${WINDOW}, ${of(name)}}`);
      return findings(parametersCheck, content({ rules: texts.replace(rule(), base) })).join();
    };
    expect(problems('shop_failed')).to.equal('');
    expect(problems('shop_fails')).to.contain("bad-parameter: 'detection.selection.price.usd|gte'");
  });
  it('warns of a number of a correlation that is no parameter', () => {
    expect(found(COUNT)).to.match(/^\d+:\d+ undeclared-number: no parameter points at correlation\.timespan/);
    expect(found(WINDOW)).to.contain('no parameter points at correlation.condition.gte');
  });
});
