import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileOnceCalled, formerNames } from '../../../tools/command/check/former-names';

describe('former names', () => {
  it('are those of the section, whatever else the document is', () => {
    expect(formerNames({ tollgate: { formerly: ['a-b', 'c'] } })).to.deep.equal(['a-b', 'c']);
    for (const none of [null, 'x', [], {}, { tollgate: [] }, { tollgate: { formerly: 'a' } }])
      expect(formerNames(none)).to.deep.equal([]);
  });

  it('lead to the file that had one, and to no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
    try {
      const [one, two] = ['one.yml', 'two.yml'].map((name) => join(folder, name)) as [string, string];
      writeFileSync(one, 'title: one\n---\ntitle: part\ntollgate: {formerly: [first-one]}\n');
      writeFileSync(two, 'title: two\n');
      expect(fileOnceCalled('first-one', [two, one])).to.equal(one);
      expect(fileOnceCalled('one', [two, one])).to.equal(undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
