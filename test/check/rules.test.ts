import { expect } from 'chai';
import { basesCheck } from '../../tools/check/bases';
import { CHECKS } from '../../tools/check/checks';
import { evidenceCheck } from '../../tools/check/evidence';
import { fieldsCheck } from '../../tools/check/fields';
import { fileNamesCheck } from '../../tools/check/file-names';
import { idsCheck } from '../../tools/check/ids';
import { parametersCheck } from '../../tools/check/parameters';
import { scenariosCheck } from '../../tools/check/scenarios';
import { content, CORRELATION, findings, rule } from './content';

const withCorrelation = (from: string, to: string): string => `${rule()}---\n${CORRELATION.replace(from, to)}`;

describe('the checks', () => {
  it('find nothing in a good rule but that it has no cases', () => {
    const found = CHECKS.flatMap((check) => findings(check, content({ rules: withCorrelation('', '') })));
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

describe('the check of fields', () => {
  const found = (selection: string): string[] => findings(fieldsCheck, content({ rules: rule({ selection }) }));

  it('names the log sources that there are', () => {
    expect(findings(fieldsCheck, content({ rules: rule({ logsource: '{product: shop}' }) }))).to.deep.equal([
      '8:1 no-contract: no telemetry contract describes the log source {product: shop} | there are {product: shop, service: sms}',
    ]);
  });

  it('suggests the field that was meant', () => {
    expect(found('{stat: failed}')).to.deep.equal([
      "10:15 unknown-field: shop.sms has no field 'stat' | did you mean 'state'?",
    ]);
  });

  it('looks into lists of maps and at field references', () => {
    expect(found('[{state: failed}, {tos: a}]').join()).to.contain("no field 'tos'");
    expect(found('{to|fieldref: shp}')).to.deep.equal([
      "10:28 unknown-field: shop.sms has no field 'shp' | did you mean 'shop'?",
    ]);
  });

  it('knows no field by the names of objects', () => {
    expect(found('{constructor: a}').join()).to.contain("no field 'constructor'");
  });

  const misfits: [string, string][] = [
    ['{to|gt: 5}', "'gt' does not apply"],
    ['{price|contains: "5"}', "'contains' does not apply"],
    ['{to|cidr: 192.0.2.0/24}', "'cidr' does not apply"],
    ['{to|hour: 5}', "'hour' does not apply"],
    ['{to|neq: 5}', "put it in quotes: '5'"],
    ['{to: 5}', "put it in quotes: '5'"],
    ['{code: "5"}', 'write a number'],
    ['{code: [5, "6*"]}', 'write a number'],
    ['{test: "true"}', 'write true or false'],
    ['{client: 192.0.2.*}', 'use cidr'],
  ];
  for (const [selection, message] of misfits) {
    it(`refuses ${selection}`, () => {
      const [only, ...more] = found(selection);
      expect(only).to.contain('type-mismatch').and.to.contain(message);
      expect(more).to.deep.equal([]);
    });
  }

  const fits = [
    '{to: "5*"}',
    '{price|gte: 0.5}',
    '{code: 5}',
    '{test: true}',
    '{client|cidr: 192.0.2.0/24}',
    '{time|hour: 3}',
  ];
  const alsoFits = [
    '{price: null}',
    '{price|exists: false}',
    '{state: FAILED}',
    '{state: "fai*"}',
    '{"@timestamp|year": 2026}',
  ];
  for (const selection of [...fits, ...alsoFits]) {
    it(`accepts ${selection}`, () => expect(found(selection)).to.deep.equal([]));
  }

  it('knows the values that the vendor documents', () => {
    expect(found('{state: [sent, faild]}')).to.deep.equal([
      "10:29 unknown-value: 'state' is never \"faild\" in the vendor's documentation | did you mean 'failed'?",
    ]);
  });

  it("looks up a correlation's groups and counted fields in the sources of its rules", () => {
    const at = (from: string, to: string): string[] =>
      findings(fieldsCheck, content({ rules: withCorrelation(from, to) }));
    expect(at('[shop]', '[shop, blok]')).to.deep.equal([
      "25:20 unknown-field: shop.sms has no field 'blok' | its fields are listed in the contract shop.sms",
    ]);
    expect(at('field: to', 'field: too')).to.deep.equal([
      "27:31 unknown-field: shop.sms has no field 'too' | did you mean 'to'?",
    ]);
    const aliased = at('  group-by: [shop]', '  group-by: [who]\n  aliases: {who: {shop_failed: shp}}');
    expect(aliased).to.deep.equal(["26:32 unknown-field: shop.sms has no field 'shp' | did you mean 'shop'?"]);
  });
});

describe('the check of evidence', () => {
  it('caps the status by a field that nobody has verified, in the rule and in its correlation', () => {
    const rules = `${rule({ selection: '{carrier: a}' })}---\n${CORRELATION}`;
    const found = findings(evidenceCheck, content({ rules }));
    expect(found.map((one) => one.split(' | ')[0])).to.deep.equal([
      "4:9 unverified-field: status 'test' is too high: nobody has verified the field 'carrier' of shop.sms",
      "18:9 unverified-field: status 'test' is too high: nobody has verified the field 'carrier' of shop.sms",
    ]);
    const experimental = rules.replaceAll('status: test', 'status: experimental');
    expect(findings(evidenceCheck, content({ rules: experimental }))).to.deep.equal([]);
  });

  it('looks at the fields that only the correlation reads', () => {
    const rules = withCorrelation('field: to', 'field: carrier');
    expect(findings(evidenceCheck, content({ rules }))).to.have.length(1);
  });

  it('looks at the fields behind aliases', () => {
    const rules = withCorrelation('  group-by: [shop]', '  group-by: [who]\n  aliases: {who: {shop_failed: carrier}}');
    expect(findings(evidenceCheck, content({ rules }))).to.have.length(1);
  });

  it('does not let synthetic evidence make a rule stable', () => {
    expect(findings(evidenceCheck, content({ rules: rule({ status: 'stable' }) })).join()).to.contain(
      '4:9 unproven-status',
    );
  });
});

describe('the check of ids', () => {
  it('finds a title that is given twice, whatever its case', () => {
    const rules = `${rule()}---\n${rule({ title: 'messages of a shop that FAIL', id: '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b03' })}`;
    expect(findings(idsCheck, content({ rules }))).to.deep.equal([
      "16:8 repeated-title: title 'messages of a shop that FAIL' is that of rules/shop/shop_rules.yml:1, too | give it a title of its own",
    ]);
  });

  it("finds a rule's id on a query", () => {
    const found = findings(
      idsCheck,
      content({ rules: rule(), queries: 'title: A query\nid: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01\n' }),
    );
    expect(found.map((one) => one.slice(0, 15))).to.deep.equal(['2:5 repeated-id']);
  });
});

describe('the check of bases', () => {
  const base = rule().replace(/tollgate: .*\n/, '');
  it('finds a rule that could never alert', () => {
    expect(findings(basesCheck, content({ rules: base })).join()).to.contain('1:1 unused-base');
  });
  it('knows a base by its name or id', () => {
    expect(findings(basesCheck, content({ rules: `${base}---\n${CORRELATION}` }))).to.deep.equal([]);
    const byId = CORRELATION.replace('[shop_failed]', '[5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01]');
    expect(findings(basesCheck, content({ rules: `${base}---\n${byId}` }))).to.deep.equal([]);
  });
});

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

describe('the check of scenarios', () => {
  it('wants malicious scenarios promised and benign ones confused', () => {
    expect(findings(scenariosCheck, content({ rules: rule().replace('[pumping]', '[pumpin]') }))).to.deep.equal([
      "14:118 unknown-scenario: there is no malicious scenario 'pumpin' | did you mean 'pumping'?",
    ]);
    expect(findings(scenariosCheck, content({ rules: rule().replace('[pumping]', '[outage]') })).join()).to.contain(
      "scenario 'outage' is not malicious",
    );
    expect(findings(scenariosCheck, content({ rules: rule({ falsepositives: '["outrage: x"]' }) })).join()).to.contain(
      "12:18 unknown-scenario: there is no benign scenario 'outrage' | did you mean 'outage'?",
    );
  });
});

describe('the check of file names', () => {
  it('wants 10 to 70 lower-case letters, digits and underscores of a rule, hyphens of a query', () => {
    const named = (rules: string, queries: string): string[] => {
      const made = content({ rules: rule(), queries: 'title: x\n' });
      for (const document of made.rules) document.file = `rules/shop/${rules}`;
      for (const document of made.queries) document.file = `queries/shop/${queries}`;
      return findings(fileNamesCheck, made);
    };
    expect(named('shop_rules.yml', 'shop-queries.yml')).to.deep.equal([]);
    expect(named('Shop_Rules.yml', 'shop-queries.yml')).to.have.length(1);
    expect(named('shop_rules.yaml', 'shop-queries.yml')).to.have.length(1);
    expect(named('shop.yml', 'shop_queries.yml')).to.have.length(2);
  });
});
