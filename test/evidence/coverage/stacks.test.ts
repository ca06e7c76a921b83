import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { loadStacks } from '../../../tools/evidence/coverage/stacks';

const FILE = join('coverage', 'stacks.yml');

const SOURCES = ['web', 'sms', 'idp'];
const WORLDS = [
  { name: 'shop', sources: ['web', 'sms'] },
  { name: 'bank', sources: ['web'] },
];

describe('the stacks', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'tollgate-stacks-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  function load(text: string) {
    const file = join(dir, 'stacks.yml');
    writeFileSync(file, text);
    return loadStacks(file, SOURCES, WORLDS);
  }

  function wrong(text: string): string[] {
    const { stacks, diagnostics } = load(text);
    expect(stacks).to.equal(null);
    return diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
  }

  it('of the repository are those of sources and worlds that are there', () => {
    const { content, independent } = loadContent(findLayout([]));
    const { stacks, diagnostics } = loadStacks(FILE, [...content.contracts.keys()], independent.worlds);
    expect(diagnostics).to.deep.equal([]);
    expect(stacks!.map(({ name }) => name)).to.include.members(['okta-vonage', 'cognito-sns-waf', 'firebase']);
    // A name that is there twice would be an error of YAML, and a title two sections that look the same.
    expect(new Set(stacks!.map(({ title }) => title)).size).to.equal(stacks!.length);
    expect(readFileSync('docs/choose.md', 'utf8')).to.include(stacks![0]!.title);
  });

  it('are read with what they could have besides', () => {
    const { stacks } = load('stacks:\n  a:\n    title: A\n    sources: [web]\n    worlds: [bank]\n');
    expect(stacks).to.deep.equal([{ name: 'a', title: 'A', sources: ['web'], further: [], worlds: ['bank'] }]);
  });

  it('name what is not there, at its place', () => {
    const text = (sources: string, further: string, worlds: string): string =>
      `stacks:\n  a:\n    title: A\n    sources: ${sources}\n    further: ${further}\n    worlds: ${worlds}\n`;
    expect(wrong(text('[web, wbe]', '[]', '[shop]'))).to.deep.equal([
      "4:20 unknown-source there is no log source 'wbe'",
      '6:14 wrong-value shop does not record wbe',
    ]);
    expect(wrong(text('[web]', '[web, sm]', '[shop]'))).to.deep.equal([
      "5:15 wrong-value 'web' is one of the stack's own sources",
      "5:20 unknown-source there is no log source 'sm'",
    ]);
    expect(wrong(text('[web, sms]', '[]', '[shpo]'))).to.deep.equal(["6:14 unknown-world there is no world 'shpo'"]);
    expect(wrong(text('[web, sms]', '[]', '[shop, bank]'))).to.deep.equal([
      '6:20 wrong-value bank does not record sms',
    ]);
    expect(load(text('[web, sms]', '[]', '[shpo]')).diagnostics[0]!.hint).to.include("'shop'");
  });

  it('have the keys of their schema', () => {
    expect(wrong('stacks:\n  a:\n    titel: A\n    sources: [web]\n    worlds: [shop]\n').join()).to.include('titel');
    expect(wrong('stacks: {}\n')).to.have.length(1);
  });
});
