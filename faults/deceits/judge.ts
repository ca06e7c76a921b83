import { BUSY_MS, CLEANING_MS, CLEAR_AWAY_MS, REQUEST_MS } from '../../tools/foundation/content/waits';
import type { Ended } from '../ended';
import type { Trial } from '../trial';
import type { Planned } from './plan';

/** What a command may wait for, in milliseconds, as docs/limits.md has it: an answer, a busy node, and to clear away. */
const WAITS = REQUEST_MS + BUSY_MS + CLEANING_MS + CLEAR_AWAY_MS;

/** With others beside it, and a proxy between, a command takes longer. */
const BESIDE_OTHERS = 10;

/** Characters that one sentence and a hint may have. */
const SENTENCE = 2_000;

export interface Seen {
  ended: Ended;
  truth: Ended;
  /** Indices that it made and that were there after the next command. */
  left: string[];
}

export function judge(planned: Planned, { ended, truth, left }: Seen): Trial['wrong'] {
  const { stdout, stderr, code } = ended;
  const wrong: Trial['wrong'] = [];
  const answer = wrongAnswer(planned, ended, truth);
  if (answer !== null) wrong.push({ wrong: 'answer', seen: `${answer} (exit code ${code})` });
  if (code === null || ended.milliseconds > WAITS + BESIDE_OTHERS * truth.milliseconds)
    wrong.push({ wrong: 'wait', seen: `${(ended.milliseconds / 1000).toFixed(1)} s` });
  const untold = left.filter((name) => code !== 3 || !stderr.includes(name));
  if (untold.length > 0) wrong.push({ wrong: 'leftover', seen: untold.join(', ') });
  const secret = planned.secret.forms.find((form) => (stdout + stderr).includes(form));
  if (secret !== undefined) wrong.push({ wrong: 'secret', seen: planned.secret.name });
  return wrong;
}

/** What is wrong with what a command says; `null` where nothing is. */
function wrongAnswer({ lie }: Planned, { code, stdout, stderr }: Ended, truth: Ended): string | null {
  if (code === truth.code && findings(stdout) === findings(truth.stdout)) return null;
  const told = stderr.slice(0, 400);
  if (code !== 3 && !(code === 2 && lie.isRefusal)) return `it passes for an answer: ${told}${stdout.slice(0, 200)}`;
  if (stdout !== '') return `it prints a result and fails: ${stdout.slice(0, 200)}`;
  const lines = stderr.split('\n').filter((line) => line !== '' && !/^(note|hint|read): /.test(line));
  if (lines.length !== 1 || !lines[0]!.startsWith('error: ')) return `no one sentence: ${told}`;
  if (/defect|undefined|\[object|TypeError|RangeError/.test(stderr)) return `no sentence for a reader: ${told}`;
  if (stderr.length > SENTENCE) return `a sentence of ${stderr.length} characters: ${told.slice(0, 100)}`;
  return null;
}

/** What was found, without the way and the time: a hunt may fetch the documents instead of counting. */
function findings(stdout: string): string {
  return stdout.replace(/"(by|reason|at)": ?"[^"]*",?\s*/g, '');
}
