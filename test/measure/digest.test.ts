import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { contentDigest } from '../../tools/measure/digest';

const RULE = 'rules/application/otp_block_burst.yml';
const WORLD = 'datasets/worlds/regional-shop.yml';
const SCENARIO = 'datasets/malicious/leased-block-run.yml';
const CONTRACT = 'schemas/telemetry/application.otp.yml';

describe('the digest of measured content', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    for (const path of [RULE, WORLD, SCENARIO, CONTRACT]) cpSync(path, join(folder, path), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const digest = () =>
    contentDigest({
      rules: [join(folder, RULE)],
      queries: [],
      datasets: join(folder, 'datasets'),
      telemetry: join(folder, 'schemas/telemetry'),
    });
  const edited = (path: string, from: RegExp, to: string): string => {
    const text = readFileSync(join(folder, path), 'utf8');
    expect(text, path).to.match(from);
    writeFileSync(join(folder, path), text.replace(from, to));
    return digest();
  };

  it('is another one for another threshold, world, scenario or field', () => {
    const seen = new Set([
      digest(),
      edited(RULE, /gte: 20/, 'gte: 21'),
      edited(WORLD, /sends_per_day: \d+/, 'sends_per_day: 51'),
      edited(SCENARIO, /visits_per_hour: .*/, 'visits_per_hour: 7'),
      edited(CONTRACT, /type: ip/, 'type: keyword'),
    ]);
    expect(seen).to.have.property('size', 5);
  });

  it('is the same for other prose, another budget, and anywhere on a disk', () => {
    const before = digest();
    expect(edited(RULE, /max: [\d.]+/, 'max: 9')).to.equal(before);
    expect(edited(RULE, /description: >-/, 'description: >-\n  More of it.')).to.equal(before);
    expect(edited(WORLD, /# /, '# Noted: ')).to.equal(before);
    expect(edited(CONTRACT, /meaning: /, 'meaning: Rather, ')).to.equal(before);
    const moved = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    folder = moved;
    expect(digest()).to.equal(before);
  });
});
