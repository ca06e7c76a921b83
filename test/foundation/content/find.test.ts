import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../../tools/foundation/content/failure';
import { findYaml } from '../../../tools/foundation/content/find';
import { loadYaml } from '../../../tools/foundation/content/load-yaml';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';

describe('findYaml', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
    for (const path of ['b', 'b/node_modules', 'b/.hidden', 'empty']) mkdirSync(join(folder, path));
    for (const path of [
      'b/2.yml',
      'b/10.yaml',
      'b/3.YML',
      'a.yml',
      'readme.md',
      'b/node_modules/x.yml',
      'b/.hidden/x.yml',
    ]) {
      writeFileSync(join(folder, path), '');
    }
    symlinkSync(folder, join(folder, 'b', 'loop'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('finds the YAML files of a folder in the order of their names, through no link and in no hidden folder', () => {
    const found = ['a.yml', 'b/10.yaml', 'b/2.yml', 'b/3.YML', 'b/loop'];
    expect(findYaml([folder])).to.deep.equal(found.map((path) => join(folder, path)));
  });

  it('gives a link to a folder as a file, so that reading says that nothing behind it was read', () => {
    const { documents, diagnostics } = loadYaml(join(folder, 'b', 'loop'));
    expect(documents).to.deep.equal([]);
    expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).to.deep.equal([
      'linked-folder: is a link to a folder; such links are not followed, so nothing in it was read',
    ]);
  });

  it('suggests the file or folder that a mistyped path means', () => {
    expect(() => findYaml([join(folder, 'aa.yml')]))
      .to.throw(Failure)
      .that.has.property('hint', `did you mean '${join(folder, 'a.yml')}'?`);
  });

  it('takes a file as it is, and each once', () => {
    const file = join(folder, 'readme.md');
    expect(findYaml([file, file])).to.deep.equal([file]);
  });

  for (const path of ['none.yml', 'empty']) {
    it(`fails with exit code 2 where a path matches nothing (${path})`, () => {
      expect(() => findYaml([join(folder, 'a.yml'), join(folder, path)]))
        .to.throw(Failure)
        .that.includes({ exitCode: 2 });
    });
  }
});

describe('didYouMean', () => {
  const known = ['detection', 'correlation', 'status'];
  it('suggests the nearest name', () => {
    expect(didYouMean('detecton', known)).to.equal("did you mean 'detection'?");
    expect(didYouMean('Staus', known)).to.equal("did you mean 'status'?");
  });
  it('lists what there is where nothing is near', () => {
    expect(didYouMean('banana', known)).to.equal('choose one of correlation, detection, status');
    expect(didYouMean('x', [])).to.equal('there are none');
  });
  it('does not compare a text that nobody typed', () => {
    expect(didYouMean('d'.repeat(1_000_000), known)).to.contain('choose one of');
  });
});
