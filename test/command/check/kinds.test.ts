import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kindAt, kindOf } from '../../../tools/command/check/kinds';

describe('the kind of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const written = (path: string, text: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return kindOf(file);
  };

  it('is that of its place in a repository', () => {
    expect(kindAt('rules/cases/x.yml')).to.equal('rule');
    expect(kindAt('datasets/benign/x.yml')).to.equal('scenario');
    expect(kindAt('datasets/mutants.yml')).to.equal('mutants');
    expect(kindAt('schemas/shapes/elastic/x.yml')).to.equal('shape');
    expect(kindAt('acts/twilio.yml')).to.equal('acts');
    expect(kindAt('datasets/notes.yml')).to.equal(null);
    expect(kindAt('datasets/world/x.yml')).to.equal(null);
  });

  it('is told elsewhere by its keys, whatever its folder is called', () => {
    expect(written('malicious/a.yml', 'title: x\nlogsource: {product: x}\ndetection: {}\nfields: [x]\n')).to.equal(
      'rule',
    );
    expect(written('rules/b.yml', 'title: x\nsends_per_day: 50\n')).to.equal('world');
    expect(written('c.yml', 'title: x\nkind: benign\ntraffic: []\n')).to.equal('scenario');
    expect(written('d.yml', 'id: x\nlogsource: {product: x}\nfields: {}\nroles: {}\n')).to.equal('contract');
    expect(written('telemetry/s.yml', 'id: x\nindex: x\nfields: {}\nlacks: {}\n')).to.equal('shape');
    expect(written('e.yml', 'source: x\ndetection: {}\nmeasures: {}\n')).to.equal('query');
    expect(written('f.yml', 'rule: x\ncases: []\n')).to.equal('cases');
    expect(written('h.yml', 'platform: x\ntitle: x\nacts: []\n')).to.equal('acts');
    expect(written('worlds/g.yml', 'title: "x\ncorrelation: [\n'), 'malformed').to.equal('rule');
  });

  it('is told by the nearest folder where the keys tell nothing, and else is a rule', () => {
    expect(written('worlds/a.yml', 'a: 1\n')).to.equal('world');
    expect(written('rules/malicious/deep/a.yml', 'a: 1\n')).to.equal('scenario');
    expect(written('telemetry/a.yml', '')).to.equal('contract');
    expect(written('baselines/a.yml', 'detection: {}\n')).to.equal('baseline');
    expect(written('filters/a.yml', 'filter: {}\n')).to.equal('filter');
    expect(written('more/a.yml', 'a: 1\n')).to.equal('rule');
  });
});
