import { expect } from 'chai';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { validate } from '../../../tools/command/check/validate';
import { Failure } from '../../../tools/foundation/content/failure';

const FIXTURE = join('test', 'fixtures', 'bad-input');

describe('findLayout', () => {
  let empty: string;
  before(() => (empty = mkdtempSync(join(tmpdir(), 'tollgate-'))));
  after(() => rmSync(empty, { recursive: true }));

  it('takes the content of the working directory', () => {
    const layout = findLayout([]);
    expect(layout.selected).to.equal(null);
    expect(layout.rules).not.to.be.empty;
    expect(layout.rules.every((file) => file.startsWith('rules/'))).to.equal(true);
    expect(layout.cases.every((file) => file.startsWith('datasets/cases/'))).to.equal(true);
  });

  it('takes a folder that is laid out like a repository as one, with contracts from here where it has none', () => {
    const layout = findLayout([FIXTURE]);
    expect(layout.selected).to.equal(null);
    expect(layout.files).to.equal(9);
    expect(layout.rules).to.have.length(7);
    expect(layout.datasets).to.equal(join(FIXTURE, 'datasets'));
    expect(layout.telemetry).to.match(/schemas.telemetry$/);
    expect(layout.acts).to.match(/acts$/);
  });

  it('takes acts that stand elsewhere before those of the same name here, and keeps the others', () => {
    mkdirSync(join(empty, 'acts'));
    const file = join(empty, 'acts', 'twilio.yml');
    writeFileSync(file, 'platform: twilio\nacts: []\n');
    expect(findLayout([file]).acts)
      .to.include.members([file, 'acts/aws.yml'])
      .and.to.not.include('acts/twilio.yml');
  });

  it('takes any other path as a selection, and knows a file by the folder it lies in', () => {
    const layout = findLayout([join(FIXTURE, 'rules')]);
    expect(layout.files).to.equal(7);
    expect([...layout.selected!]).to.have.length(7);
    expect(layout.rules)
      .to.include.members([...layout.selected!])
      .and.to.have.length.above(7);
  });

  it('takes a file outside any such folder for a rule', () => {
    const file = join(empty, 'mine.yml');
    writeFileSync(file, 'title: mine\n');
    expect(findLayout([file]).rules).to.include(file);
  });

  it('fails with exit code 2 where a path holds nothing', () => {
    mkdirSync(join(empty, 'none'));
    expect(() => findLayout([join(empty, 'none')]))
      .to.throw(Failure)
      .that.includes({ exitCode: 2 });
  });
});

describe('validate', () => {
  it('reports the selected files only, but knows the others', () => {
    const { files, diagnostics } = validate(findLayout([join(FIXTURE, 'rules', 'twilio', 'duplicate_key.yml')]));
    expect(files).to.equal(1);
    expect(new Set(diagnostics.map(({ file }) => file))).to.have.property('size', 1);
    expect(diagnostics.map(({ code }) => code)).to.include('duplicate-key');
  });

  it('orders findings by file and position, the same on every run', () => {
    const first = validate(findLayout([FIXTURE])).diagnostics;
    expect(validate(findLayout([FIXTURE])).diagnostics).to.deep.equal(first);
    const places = first.map(({ file, line, column }) => [file, line, column] as const);
    expect(places).to.deep.equal(
      [...places].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2])),
    );
  });

  it('tells one finding a place, not one of each reader', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-'));
    try {
      cpSync(join(FIXTURE, 'rules', 'twilio', 'unknown_field.yml'), join(folder, 'rule_file.yml'));
      writeFileSync(join(folder, 'other_file.yml'), 'title: [no text]\nlogsource: 5\ndetection: none\n');
      const { diagnostics } = validate(findLayout([join(folder, 'other_file.yml')]));
      const places = diagnostics
        .filter(({ code }) => code !== 'missing-key')
        .map(({ line, column }) => `${line}:${column}`);
      expect(new Set(places).size).to.equal(places.length);
      expect(places).to.include.members(['1:8', '2:12', '3:12']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
