import { expect } from 'chai';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../tools/foundation/content/failure';
import type { Dataset, Label } from '../../tools/simulate/types';
import { writeDataset } from '../../tools/simulate/write';
import { runOf } from './run';

describe('writing a dataset', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'write-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const lines = <T>(path: string): T[] =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T);

  it('makes a file a source, and labels that lead to every line', () => {
    const set = runOf('regional-shop', { days: 1 });
    const out = join(folder, 'made', 'here');
    const count = writeDataset([set], out, () => undefined);
    const at = join(out, 'regional-shop');
    expect(readdirSync(at).sort()).to.deep.equal(
      [...set.sources.map((source) => `${source}.ndjson`), 'labels.ndjson', 'occurrences.json'].sort(),
    );
    const files = new Map(set.sources.map((source) => [source, lines<object>(join(at, `${source}.ndjson`))]));
    const labels = lines<Label & { n: number; source: string; line: number }>(join(at, 'labels.ndjson'));
    expect(labels.length).to.equal(count);
    for (const { n, source, event, label } of set.events()) {
      const { line, ...rest } = labels[n]!;
      expect(rest).to.deep.equal({ n, source, ...label });
      if (n % 97 === 0) expect(files.get(source)![line - 1]).to.deep.equal(event);
    }
  });

  it('leaves nothing behind when it breaks off', () => {
    const whole = runOf('regional-shop', { days: 1 });
    const broken: Dataset = {
      ...whole,
      *events() {
        yield* [...whole.events()].slice(0, 50);
        throw new Error('broken off');
      },
    };
    expect(() => writeDataset([broken], join(folder, 'out'), () => undefined)).to.throw('broken off');
    expect(readdirSync(folder)).to.be.empty;
  });

  it('touches nothing that is there already', () => {
    mkdirSync(join(folder, 'out'));
    expect(() => writeDataset([runOf('regional-shop')], join(folder, 'out'), () => undefined)).to.throw(
      Failure,
      'exists already',
    );
    expect(existsSync(join(folder, 'out'))).to.be.true;
    expect(readdirSync(join(folder, 'out'))).to.be.empty;
  });
});
