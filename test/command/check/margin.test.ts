import { expect } from 'chai';
import { valuesIn } from '../../../tools/command/check/margin';
import { findYaml } from '../../../tools/foundation/content/find';
import { readSource } from '../../../tools/foundation/content/source';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';

const KEYS = ['id', 'name', 'title', 'rule', 'logsource'];

/** The values of these keys in a document, or in the items of a list that is one. */
function wholeValues(value: unknown): [string, unknown][] {
  return [value]
    .flat()
    .flatMap((map) =>
      Object.entries(map as object).flatMap(([key, one]) =>
        KEYS.includes(key) ? [[key, one] as [string, unknown]] : [],
      ),
    );
}

describe('values at the margin', () => {
  it('are those that the whole text gives, in all rules, queries, cases and contracts', () => {
    let read = 0;
    for (const file of findYaml(['rules', 'queries', 'datasets/cases', 'schemas/telemetry'])) {
      const text = readSource(file).text!;
      const values = valuesIn(text, KEYS);
      if (values === null) continue;
      read++;
      const whole = parseYaml(file, text).documents.flatMap(({ value }) => wholeValues(value));
      expect(values, file).to.include.deep.members(whole);
    }
    expect(read).to.be.greaterThan(0);
  });

  it('are not known where one does not stand on its line', () => {
    const lines = [
      'title:',
      'title: |\n  A',
      'title: >-\n  A',
      'title: [a,\n  b]',
      'title: "a\n  b"',
      "title: ''",
      'title: a: b',
    ];
    for (const text of lines) expect(valuesIn(`id: x\n${text}\n`, KEYS), text).to.equal(null);
  });

  it('are read as YAML, from the items of a list as well', () => {
    const text = "title: 'It''s' # so\nother: x\n- name: a\n  id: not at the margin\nlogsource: {product: p}\n";
    expect(valuesIn(text, KEYS)).to.deep.equal([
      ['title', "It's"],
      ['name', 'a'],
      ['logsource', { product: 'p' }],
    ]);
  });
});
