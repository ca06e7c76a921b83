import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { timeout } from '../../.mocharc.json';
import type { ReplayReport } from '../../tools/evidence/replay/result';

const ROOT = join(__dirname, '..', '..');

/** A small content repository of a test's own: one rule file with its cases, and the simulated world that it needs. */
export class Repository {
  readonly path = mkdtempSync(join(tmpdir(), 'tollgate-test-'));

  constructor(rule = 'rules/twilio/twilio_verify_expired_block.yml') {
    this.copy(rule);
    this.copy(rule.replace(/^rules\/[^/]+/, 'datasets/cases'));
    this.copy('schemas/telemetry');
    this.copy('datasets/worlds/regional-shop.yml');
    this.copy('datasets/benign');
    this.copy('datasets/malicious');
  }

  private copy(path: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    cpSync(join(ROOT, path), join(this.path, path), { recursive: true });
  }

  /** Replaces a text that must be there. */
  edit(path: string, from: string, to: string): void {
    const file = join(this.path, path);
    const text = readFileSync(file, 'utf8');
    if (!text.includes(from)) throw new Error(`${path} has no '${from}'`);
    writeFileSync(file, text.replaceAll(from, to));
  }

  remove(path: string): void {
    rmSync(join(this.path, path), { recursive: true });
  }

  /** Runs `tollgate` there. */
  run(...args: string[]): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'tollgate.js'), ...args], {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      timeout,
      maxBuffer: 1 << 26,
    });
    return { code: status, stdout, stderr };
  }

  /** A short replay of what concerns the rule, with its report. */
  replay(...args: string[]): { code: number | null; report: ReplayReport; stderr: string } {
    const quick = ['--days', '1', '--scenario', 'leased-block-run', 'load-test', 'carrier-outage'];
    const { code, stdout, stderr } = this.run('replay', '--engine', 'memory', '--format', 'json', ...quick, ...args);
    return { code, report: stdout ? (JSON.parse(stdout) as ReplayReport) : (undefined as never), stderr };
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
