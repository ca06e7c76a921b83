import { expect } from 'chai';
import { fieldsCheck } from '../../../tools/command/check/fields';
import { content, findings, rule, withCorrelation } from './content';

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
