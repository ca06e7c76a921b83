import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Panther's Analysis Tool, installed by hand together with sqlglot; empty where nobody names it. */
export const TOOL = process.env['TOLLGATE_PANTHER'] ?? '';

const PYTHON = join(dirname(TOOL), 'python');

/** What a rule is asked, and what memory answers. */
export interface Question {
  /** The text of the rule's module. */
  text: string;
  events: readonly unknown[];
  wanted: readonly boolean[];
}

/** Writes files into a temporary folder, and removes it in the end. */
export function inFolder<T>(files: ReadonlyMap<string, string>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-panther-'));
  try {
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs `panther_analysis_tool test` on an export. Its own reading of SQL, which only names tables, takes a second a query and
 * gives up at a depth that ours have, so the queries are left out.
 */
export function runTests(files: ReadonlyMap<string, string>): { passed: number; failed: number; output: string } {
  const taken = new Map([...files].filter(([path]) => /^(rules|global_helpers|lookup_tables)\//.test(path)));
  return inFolder(taken, (folder) => {
    const { stdout, stderr } = run(TOOL, ['--skip-version-check', 'test', '--path', folder], '');
    const output = `${stdout}${stderr}`;
    const count = (what: string) => Number(new RegExp(`${what}: (\\d+)`).exec(output)?.[1] ?? NaN);
    return { passed: count('Passed'), failed: count('Failed') + count('Invalid'), output };
  });
}

/** Has rules answer in Python; gives what differs from memory. */
export function differences(helper: string, questions: readonly Question[]): string[] {
  const modules = questions.map(({ text }, index) => [`m${index}.py`, text] as const);
  return inFolder(new Map([['tollgate.py', helper], ...modules]), (folder) => {
    const asked = questions.map(({ events }, index) => `${JSON.stringify({ module: `m${index}`, events })}\n`).join('');
    const { stdout, stderr } = run(PYTHON, [join(__dirname, 'judge.py'), folder], asked);
    const answers = stdout.trim().split('\n');
    if (answers.length !== questions.length)
      throw new Error(`${answers.length} answers to ${questions.length} questions: ${stderr}`);
    return questions.flatMap(({ text, events, wanted }, index) => {
      const answer = JSON.parse(answers[index]!) as boolean[] | { error: string };
      if (!Array.isArray(answer)) return `${answer.error}\n${text}`;
      const at = answer.findIndex((one, place) => one !== wanted[place]);
      return at < 0 ? [] : `${answer[at]} and not ${wanted[at]}: ${JSON.stringify(events[at])}\n${text}`;
    });
  });
}

/** Has sqlglot parse scheduled queries; gives what it says. */
export function parseQueries(queries: ReadonlyMap<string, string>): { status: number | null; output: string } {
  return inFolder(new Map([...queries].map(([name, sql]) => [`${name}.sql`, sql])), (folder) => {
    const { status, stdout, stderr } = run(
      PYTHON,
      [join(__dirname, '../sql/engines/parse.py'), 'snowflake', folder],
      '',
    );
    return { status, output: `${stdout}${stderr}`.trim() };
  });
}

function run(
  command: string,
  args: string[],
  input: string,
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error) throw error;
  return { status, stdout, stderr };
}
