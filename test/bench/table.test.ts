import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLines, writeEvents } from '../../bench/events';
import { withGenerated } from '../../tools/command/report/generated';
import { isMet, table, type Result, type Results } from '../../bench/table';

const result = (ours: number, theirs: number, goal: Result['goal']): Result => ({
  name: 'job',
  other: 'other',
  goal,
  tollgate: { seconds: ours, mebibytes: 100.4 },
  against: { seconds: theirs, mebibytes: null },
});

describe('the benchmark', () => {
  it('has its last results on their page', () => {
    const results = JSON.parse(readFileSync('bench/results.json', 'utf8')) as Results;
    const page = readFileSync('docs/speed.md', 'utf8');
    expect(withGenerated(page, 'bench', table(results)).replace(/ +\|/g, ' |').replace(/-{3,}/g, '---')).to.equal(
      page.replace(/ +\|/g, ' |').replace(/-{3,}/g, '---'),
    );
  });

  it('says whether a goal is met', () => {
    expect(isMet(result(1, 2, { share: 0.5 }))).to.equal(true);
    expect(isMet(result(1.01, 2, { share: 0.5 }))).to.equal(false);
    expect(isMet(result(0.25, 0.1, { more: 0.15 }))).to.equal(true);
    expect(isMet(result(0.26, 0.1, { more: 0.15 }))).to.equal(false);
    expect(isMet(result(0.25, 0.1, { more: 0.15, mebibytes: 1000 }))).to.equal(true);
    expect(isMet(result(0.25, 0.1, { more: 0.15, mebibytes: 1 }))).to.equal(false);
    expect(isMet(result(1, 0.9, { speed: 0.9 }))).to.equal(true);
    expect(isMet(result(1.01, 0.9, { speed: 0.9 }))).to.equal(false);
    const machine = { cores: 2, processor: 'one', node: '20' };
    const text = table({ machine, runs: 3, results: [result(1, 2, { share: 0.5 })], missing: ['x: y is not there'] });
    expect(text).to.include('| job | 1.00 s | 100 MiB | other: 2.00 s | 0.50 (goal: 0.5) | yes |');
    expect(table({ machine, runs: 3, results: [result(4, 3, { speed: 0.9 })], missing: [] })).to.include(
      '| 0.75 of the speed (goal: 0.9) | no |',
    );
    expect(text).to.include('Not measured: x: y is not there.');
  });

  it('makes the same events of a seed, and no half of a file', async () => {
    const lines = [...eventLines(200, 7)];
    expect([...eventLines(200, 7)]).to.deep.equal(lines);
    expect([...eventLines(200, 8)]).not.to.deep.equal(lines);
    for (const line of lines) expect(JSON.parse(line)).to.include.keys('eventName', 'eventTime');
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    const path = join(folder, 'events.ndjson');
    await writeEvents(path, 200, 7);
    expect(readFileSync(path, 'utf8')).to.equal(lines.join(''));
    expect(existsSync(`${path}.part`)).to.equal(false);
    rmSync(folder, { recursive: true });
  });
});
