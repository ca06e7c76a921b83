import { expect } from 'chai';
import { SCHEMA_NAMES, schemaDiagnostics, type SchemaName } from '../../../tools/foundation/content/schema';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';

const check = (name: SchemaName, text: string): string[] =>
  schemaDiagnostics(name, parseYaml('f.yml', text).documents[0]!).map(
    ({ line, column, code, message, hint }) => `${line}:${column} ${code}: ${message}${hint ? ` | ${hint}` : ''}`,
  );

describe('schemaDiagnostics', () => {
  for (const name of SCHEMA_NAMES) {
    it(`rejects {} as ${name}`, () => {
      const found = check(name, '{}');
      expect(found).not.to.deep.equal([]);
      expect(found.join()).to.contain('1:1 missing-key');
    });
    it(`rejects a list as ${name}`, () => {
      expect(check(name, '[]').join()).to.match(/^1:1 wrong-type: the document must be a map, but is a list/);
    });
  }

  const correlation = `title: Many numbers of one block
id: 0b4e9a52-6f0e-4a0c-9b57-0f5a1a3f7c11
status: tset
description: Twenty different numbers of one block get a message within ten minutes.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.impact, attack.t1496.003]
corelation: {}
correlation:
  type: value_cuont
  rules: [sent]
  group-by: [destination.block]
  timespan: 10 minutes
  condition: {gteq: 20, field: destination.number}
falsepositives: ["launch: many new users"]
level: high
tollgate:
  moment: during
  evasion: He spreads the numbers over many blocks, which the query on countries sees.
  response: Block the prefix at the provider.
  catches: [leased-block]
  budget: {max: 0.02, per: day, bound: upper95, world: worst}
  shows: [volume]
  acts: [twilio.close-verify-country]
`;

  it('says for each error where it is and what to do', () => {
    expect(check('rule', correlation).sort()).to.deep.equal([
      '12:13 wrong-value: \'correlation.timespan\' is "10 minutes", which is not of the form it must have | A number and a unit: s, m, h, d or w, such as 10m.',
      "13:15 unknown-key: unknown key 'correlation.condition.gteq' | did you mean 'gte'?",
      "3:9 wrong-value: 'status' is \"tset\", which is not one of its values | did you mean 'test'?",
      "7:1 unknown-key: unknown key 'corelation' | did you mean 'correlation'?",
      "9:9 wrong-value: 'correlation.type' is \"value_cuont\", which is not one of its values | did you mean 'value_count'?",
    ]);
  });

  it('accepts the rule without the errors', () => {
    const right = correlation
      .replace('tset', 'test')
      .replace('corelation: {}\n', '')
      .replace('cuont', 'count')
      .replace('10 minutes', '10m')
      .replace('gteq', 'gte');
    expect(check('rule', right)).to.deep.equal([]);
  });

  it('demands the technique among the tags, once', () => {
    expect(
      check('rule', correlation.replace('attack.t1496.003]', 'attack.t1496]')).filter((one) => one.includes('tags')),
    ).to.have.length(1);
  });

  it('demands of a base rule less than of a rule that alerts', () => {
    const base = `title: A message is sent
id: 0b4e9a52-6f0e-4a0c-9b57-0f5a1a3f7c12
name: message_sent
status: test
logsource: {product: twilio}
detection: {selection: {a: b}, condition: selection}
`;
    expect(check('rule', base)).to.deep.equal([]);
    expect(check('rule', base.replace('name: message_sent\n', ''))).to.have.length(1);
    expect(check('rule', `${base}tollgate: {}\n`).filter((one) => one.includes('the document lacks'))).to.have.length(
      5,
    );
  });

  it('cuts off a flood of errors', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(check('rule', keys)).to.have.length(100);
  });
});
