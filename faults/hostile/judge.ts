import type { Trial } from '../trial';
import { CANARY, DEADLINE_MS, type Ended } from './command';

type Wrongs = Trial['wrong'];

/** How a command should end. */
export interface Expected {
  codes: number[];
  /** What it prints is one JSON text, or one a line. */
  json?: 'whole' | 'lines';
  /** Its findings are meant for GitHub's runners. */
  isForGithub?: boolean;
  /** It may show its help in place of an error. */
  isHelp?: boolean;
  /** What its error must say. */
  says?: RegExp;
}

/** The forms in which a secret might be printed. */
const SECRETS = [CANARY, Buffer.from(`reader:${CANARY}`).toString('base64').slice(0, 20), encodeURIComponent(CANARY)];

/** What drives a terminal or reorders its letters. Line ends are allowed, and tabs, which Node prints in its own messages. */
const DRIVES = /[^\P{C}\n\t\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u;
/** What GitHub's runners take for a command: they trim a line first. */
const COMMAND = /^\s*(?:::|##\[)/;

/** How a finding begins that a runner is meant to take; where it stands is told in escapes. */
const FINDING = /^::(?:error|warning) file=[^:,]+,line=\d+,col=\d+,title=[a-z0-9-]+::/;

/** What is wrong with how a command ended. */
export function wrongWith(ended: Ended, expected: Expected): Wrongs {
  const { code, signal, stderr, isOver, left } = ended;
  if (isOver) return [{ wrong: 'wait', seen: `not done in ${DEADLINE_MS / 1000} s` }];
  const wrong: Wrongs = [];
  const say = (seen: string): void => void wrong.push({ wrong: 'answer', seen });
  if (signal !== null) say(`ended by ${signal}`);
  if (/defect of Tollgate/.test(stderr)) say(shown(stderr));
  else if (!expected.codes.includes(code!))
    say(`exit code ${code}, not ${expected.codes.join(' or ')}: ${shown(stderr)}`);
  if ((code === 2 || code === 3) && !expected.isHelp)
    wrong.push(...sentence(stderr).map((seen) => ({ wrong: 'answer' as const, seen })));
  if (expected.says && !expected.says.test(stderr)) say(`does not say ${expected.says}: ${shown(stderr)}`);
  for (const seen of printedWrong(ended, expected)) say(seen);
  for (const path of left) wrong.push({ wrong: 'leftover', seen: JSON.stringify(path) });
  for (const secret of SECRETS)
    if (ended.stdout.includes(secret) || stderr.includes(secret)) wrong.push({ wrong: 'secret', seen: shown(stderr) });
  return wrong;
}

/** An end that is no finding has one error, which is a sentence, and at most one hint. */
function sentence(stderr: string): string[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  const errors = lines.filter((line) => line.startsWith('error: '));
  if (errors.length !== 1 || errors[0]!.length < 12) return [`${errors.length} errors told: ${shown(stderr)}`];
  return /^ {4}at .*:\d+:\d+\)?$/m.test(stderr) ? [`a stack is told: ${shown(stderr)}`] : [];
}

function printedWrong({ code, stdout, stderr }: Ended, { json, isForGithub = false }: Expected): string[] {
  const wrong: string[] = [];
  const texts = json === undefined ? [stdout, stderr] : [stderr];
  for (const text of texts) {
    const found = DRIVES.exec(text);
    if (found)
      wrong.push(
        `prints ${JSON.stringify(found[0])} (U+${found[0].codePointAt(0)!.toString(16)}): ${shown(text.slice(Math.max(0, found.index - 60)))}`,
      );
  }
  const forged = texts
    .flatMap((text) => text.split(/\r\n|\n|\r/))
    .filter((line) => COMMAND.test(line) && !(isForGithub && FINDING.test(line)));
  if (forged.length > 0) wrong.push(`lines for a runner: ${shown(forged.join('\n'))}`);
  if (json && (code === 0 || code === 1) && stdout !== '') {
    const parts = json === 'whole' ? [stdout] : stdout.split('\n').slice(0, -1);
    if (!stdout.endsWith('\n') || !parts.every(isJson)) wrong.push(`prints JSON that is none: ${shown(stdout)}`);
  }
  return wrong;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A text as a line that does no harm itself. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}…` : text);
}
