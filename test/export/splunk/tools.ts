import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../tools/export/write';

/** `splunk-appinspect`, and a classpath with the grammar; see docs/export.md. */
export const APPINSPECT = process.env['TOLLGATE_APPINSPECT'];
export const CLASSPATH = process.env['TOLLGATE_SPL_CLASSPATH'];

/** What AppInspect says of an app: how many checks ended how, and what those say that didn't succeed. */
export interface Inspection {
  summary: Record<string, number>;
  messages: string[];
}

interface Report {
  summary: Record<string, number>;
  reports: { groups: { checks: { name: string; result: string; messages: { message: string }[] }[] }[] }[];
}

/** Has AppInspect look at the files of an export, with all of its checks. */
export function inspect(appinspect: string, files: ReadonlyMap<string, string>): Inspection {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-splunk-'));
  try {
    writeFiles(folder, files);
    const report = join(folder, 'report.json');
    const args = [
      'inspect',
      join(folder, 'tollgate'),
      '--mode',
      'precert',
      '--data-format',
      'json',
      '--output-file',
      report,
    ];
    const { error, stderr } = spawnSync(appinspect, args, { encoding: 'utf8', maxBuffer: 1e8 });
    if (error) throw error;
    const { summary, reports } = JSON.parse(readText(report, stderr)) as Report;
    const checks = reports.flatMap(({ groups }) => groups.flatMap((group) => group.checks));
    const loud = checks.filter(({ result }) => !['success', 'not_applicable'].includes(result));
    const messages = loud.map(
      ({ name, result, messages: said }) => `${result}: ${name}: ${said.map(({ message }) => message).join(' ')}`,
    );
    return { summary, messages };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readText(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`AppInspect wrote no report: ${otherwise}`);
  }
}
