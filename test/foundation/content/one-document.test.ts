import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAttackMapping } from '../../../tools/evidence/coverage/attack';
import { readPlan } from '../../../tools/evidence/measure/plan';
import { loadOneDocument } from '../../../tools/foundation/content/one-document';
import { loadPlaceholders } from '../../../tools/detection/rules/load';

describe('a file that holds one document', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (text: string): string => {
    writeFileSync(join(folder, 'file.yml'), text);
    return join(folder, 'file.yml');
  };

  it('may begin and end with markers', () => {
    const { documents, diagnostics } = loadOneDocument(write('---\na: 1\n...\n'), 'map');
    expect([documents.map(({ value }) => value), diagnostics]).to.deep.equal([[{ a: 1 }], []]);
  });

  it('has a finding where a further one begins, and what that says is not read', () => {
    const { documents, diagnostics } = loadOneDocument(write('a: 1\n---\na: 2\n---\na: 3\n'), 'map');
    expect(documents.map(({ value }) => value)).to.deep.equal([{ a: 1 }]);
    expect(diagnostics.map(({ line, code }) => `${line} ${code}`)).to.deep.equal([
      '3 several-documents',
      '5 several-documents',
    ]);
  });

  const further = 'but this is a further document';
  it('is a map of placeholders', () => {
    expect(loadPlaceholders(write('a: [x]\n__proto__: y\n'))).to.deep.equal(
      JSON.parse('{"a":["x"],"__proto__":["y"]}'),
    );
    expect(() => loadPlaceholders(write('a: [x]\n---\nb: [y]\n'))).to.throw(further);
  });

  it('is a plan, and a mapping', () => {
    expect(() => readPlan(write('units: []\n---\nunits: []\n'), [])).to.throw(further);
    expect(loadAttackMapping(write('a: 1\n---\nb: 1\n'), []).diagnostics[0]!.message).to.include(further);
  });
});
