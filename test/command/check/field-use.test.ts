import { expect } from 'chai';
import { detectionItems } from '../../../tools/command/check/detection-items';
import { checkItem } from '../../../tools/command/check/field-use';
import { parseYaml, type YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { SHOP } from './content';

describe('the use of a field', () => {
  const found = (selection: string): string[] => {
    const [document] = parseYaml('f.yml', `detection: {selection: ${selection}}\n`).documents as [YamlDocument];
    const reporter = new Reporter(document);
    const { detection } = document.value as Record<string, unknown>;
    for (const item of detectionItems(detection, 'detection')) checkItem(item, SHOP, reporter);
    return reporter.diagnostics.map(({ code, message, hint }) => `${code}: ${message} | ${hint}`);
  };

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
      "unknown-value: 'state' is never \"faild\" in the vendor's documentation | did you mean 'failed'?",
    ]);
  });
});
