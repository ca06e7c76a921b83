import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { changeParameters } from '../../../tools/detection/parameters/change';
import { parametersOf } from '../../../tools/detection/parameters/declared';
import { Failure } from '../../../tools/foundation/content/failure';

const RULE = `id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02
title: Many failed messages
correlation: {timespan: 10m, condition: {gte: 20}}
tollgate:
  parameters:
    numbers: {at: correlation.condition.gte, range: [5, 200], unit: numbers, description: Fewest numbers.}
    window: {at: correlation.timespan, range: [2, 60], unit: minutes, description: How long they count.}
    price.low: {rule: base, at: detection.sent.price.usd|gte, range: [0.01, 9], unit: US dollars, description: Lowest price.}
    astray: {at: correlation.type, range: [1, 2], unit: numbers, description: It leads nowhere.}
---
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01
name: base
detection: {sent: {price.usd|gte: 0.5, code: 010}, condition: sent}
`;

const QUERY = `id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03
measures: {sends: {count: sent}}
parameters:
  chance: {type: number, default: 0.000001, range: [0.000000001, 0.01], unit: probability, description: How likely.}
`;

const documents = [
  ...parseYaml('rules/shop/shop_failed.v2.yml', RULE).documents,
  ...parseYaml('queries/shop/shop_country.yml', QUERY).documents,
];

describe('parameters of rules and queries', () => {
  it('are read from the rules and queries that declare them, with the number that stands there', () => {
    const found = parametersOf(documents).map(({ owner, name, path, value, suffix, isWhole }) => {
      return [`${owner.name}.${name}`, path.join(' '), `${value}${suffix}`, isWhole];
    });
    expect(found).to.deep.equal([
      ['shop_failed.v2.numbers', 'correlation condition gte', '20', true],
      ['shop_failed.v2.window', 'correlation timespan', '10m', true],
      ['shop_failed.v2.price.low', 'detection sent price.usd|gte', '0.5', false],
      ['shop_country.chance', 'parameters chance default', '0.000001', false],
    ]);
  });
});

describe('given parameters', () => {
  const change = (...given: string[]) =>
    changeParameters(
      documents,
      given.map((one) => ({ name: one.split('=')[0]!, text: one.split('=')[1]! })),
    );
  const refusal = (...given: string[]): string => {
    try {
      change(...given);
    } catch (error) {
      if (error instanceof Failure && error.exitCode === 2) return `${error.message} | ${error.hint}`;
      throw error;
    }
    return 'none';
  };

  it('change the number where it stands and nothing else, also of a name with dots', () => {
    const { documents: after, changes } = change(
      'shop_failed.v2.numbers=30',
      'shop_failed.v2.window=15m',
      'shop_failed.v2.price.low=0.25',
      '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03.chance=1e-7',
    );
    const text = JSON.stringify(documents.map(({ value }) => value));
    const expected = text
      .replace('"gte":20', '"gte":30')
      .replace('"timespan":"10m"', '"timespan":"15m"')
      .replace('"price.usd|gte":0.5', '"price.usd|gte":0.25')
      .replace('"default":0.000001', '"default":1e-7');
    expect(JSON.stringify(after.map(({ value }) => value))).to.equal(expected);
    expect(after[1]!.written?.(['detection', 'sent', 'code'])).to.equal('010');
    expect(changes.map(({ parameter, was, value }) => [parameter, was, value])).to.deep.equal([
      ['shop_failed.v2.numbers', 20, 30],
      ['shop_failed.v2.window', 10, 15],
      ['shop_failed.v2.price.low', 0.5, 0.25],
      ['shop_country.chance', 0.000001, 1e-7],
    ]);
    expect(changes[2]!.of).to.equal('5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01');
  });

  it('are refused where the name is none, with the one that may be meant', () => {
    expect(refusal('shop_failed.v2.nunbers=30')).to.equal(
      "there is no parameter 'shop_failed.v2.nunbers' | did you mean 'shop_failed.v2.numbers'?",
    );
    expect(refusal('shop_country.x=3')).to.contain('shop_country.chance');
    expect(refusal('shop_countries.chance=0.001')).to.contain("did you mean 'shop_country.chance'?");
    expect(refusal('shop_failed.v2.numbers=30', 'shop_failed.v2.numbers=31')).to.contain('given before');
  });

  it('are refused where the value is out of the range, no number, of another unit, or no whole number', () => {
    expect(refusal('shop_failed.v2.numbers=201')).to.equal(
      "the parameter 'shop_failed.v2.numbers' is 201, which is outside its range [5, 200] | give a value in it, or widen the range in rules/shop/shop_failed.v2.yml",
    );
    expect(refusal('shop_failed.v2.numbers=20.5')).to.contain('write a whole number (numbers)');
    expect(refusal('shop_failed.v2.window=1h')).to.contain("'1h' is not a value");
    expect(refusal('shop_failed.v2.price.low=')).to.contain("'' is not a value");
    expect(refusal('shop_country.chance=1')).to.contain('outside its range');
  });

  it('are refused where two files of one name are meant, but not by an id', () => {
    const twice = [
      ...documents,
      ...parseYaml('queries/other/shop_country.yml', QUERY.replace('0b03', '0b04')).documents,
    ];
    const given = (name: string) => () => changeParameters(twice, [{ name, text: '0.001' }]);
    expect(given('shop_country.chance')).to.throw(Failure, 'several');
    expect(given('5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b04.chance')).to.not.throw();
  });
});
