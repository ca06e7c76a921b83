import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../tools/export/write';
import { fill } from './filled';

/** `cfn-lint`, and a Python with `sqlglot`; see docs/export.md. */
export const CFN_LINT = process.env['TOLLGATE_CFN_LINT'];
export const PYTHON = process.env['TOLLGATE_PYTHON'];

/** What a tool says: nothing, and a success, where all is well. */
export interface Said {
  succeeds: boolean;
  said: string;
}

/** Has cfn-lint look at the templates of an export, warnings included. */
export function lint(cfnLint: string, files: ReadonlyMap<string, string>): Said {
  const templates = new Map([...files].filter(([path]) => path.startsWith('templates/')));
  return inFolder(templates, (folder) =>
    run(cfnLint, ['--', ...[...templates.keys()].map((path) => join(folder, path))]),
  );
}

/** sqlglot has no words for what Athena does with files alone. */
const UNKNOWN = /^(OPTIMIZE|VACUUM) /;

/** Has sqlglot parse every statement that it has words for, as the state machine fills it in; says how many it has none for. */
export async function parse(python: string, files: ReadonlyMap<string, string>): Promise<Said & { unknown: number }> {
  const filled = new Map<string, string>();
  let unknown = 0;
  for (const [path, text] of files) {
    if (!path.endsWith('.sql')) continue;
    if (UNKNOWN.test(text)) unknown++;
    else filled.set(path, await fill(text));
  }
  const script = join(__dirname, '..', 'sql', 'engines', 'parse.py');
  return { ...inFolder(filled, (folder) => run(python, [script, 'athena', folder])), unknown };
}

function inFolder<T>(files: ReadonlyMap<string, string>, look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-aws-'));
  try {
    writeFiles(folder, files);
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(command: string, args: readonly string[]): Said {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (error) throw error;
  return { succeeds: status === 0, said: `${stdout}${stderr}`.trim() };
}
