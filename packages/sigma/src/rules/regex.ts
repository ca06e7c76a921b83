import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { RE2JS, RE2JSException } from 're2js';
import { MAX_REGEX_SIZE } from './limits';
import type { Test } from './plan';

export type RegexTest = Extract<Test, { kind: 'regex' }>;
type Written = Pick<RegexTest, 'source' | 'ignoreCase' | 'multiline' | 'dotAll'>;

/** Compiles a `re` test for linear-time search. Throws `RE2JSException` for syntax that RE2 does not have. */
export function compileRegex(test: Written): RE2JS {
  const flags =
    (test.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (test.multiline ? RE2JS.MULTILINE : 0) |
    (test.dotAll ? RE2JS.DOTALL : 0);
  return RE2JS.compile(test.source, flags);
}

interface Problem {
  code: DiagnosticCode;
  message: string;
  hint: string;
}

/** Why a regular expression can't be run; `null` when it can. Look-around and back references are the usual reasons. */
export function regexProblem(test: Written): Problem | null {
  const tooLarge: Problem = {
    code: 'too-large',
    message: `the regular expression compiles to more than ${MAX_REGEX_SIZE} steps`,
    hint: 'count fewer repetitions, or write fewer alternatives',
  };
  if (repetitions(test.source) > 2 * MAX_REGEX_SIZE) return tooLarge;
  try {
    return regexSize(test) > MAX_REGEX_SIZE ? tooLarge : null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return {
      code: 'unsupported-regex',
      message: `the regular expression can't be run in linear time or is malformed: ${error.message.slice(0, 200)}`,
      hint: 'use characters, classes, groups, alternation, quantifiers and anchors only',
    };
  }
}

/** Steps of the compiled program: what one character of a text costs at most, where RE2's automaton is not small enough to be kept. */
export function regexSize(test: Written): number {
  const known = sizes.get(test);
  if (known !== undefined) return known;
  const size = compileRegex(test).programSize();
  sizes.set(test, size);
  return size;
}

const sizes = new WeakMap<Written, number>();

const TOKEN = /\\[xpP]\{[^}]{0,64}\}|\\[^]|\{(\d{1,4})(?:,(\d{0,4}))?\}|[^]/y;
const CLASS_PART = /\\[^]|\[:\^?\w{1,32}:\]|[^\]\\]/y;

/**
 * An estimate of the program's size without compiling: a text of 8 KiB can count its way to a million steps, which take a
 * second and a hundred megabytes to write down.
 */
function repetitions(source: string): number {
  const groups = [0];
  let last = 0;
  let mayClose = true;
  for (let at = 0; at < source.length;) {
    const top = groups.length - 1;
    const classEnd: number = source[at] === '[' && mayClose ? endOfClass(source, at + 1) : at;
    // Where one class is not closed, no later one is.
    mayClose &&= classEnd >= 0;
    if (classEnd > at) {
      at = classEnd;
      last = 1;
      groups[top]! += 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const [token, least, most] = TOKEN.exec(source)!;
    at = TOKEN.lastIndex;
    if (token === '(') {
      groups.push(0);
      last = 0;
    } else if (token === ')' && top > 0) {
      last = groups.pop()!;
      groups[top - 1]! += last;
    } else if (least !== undefined) {
      const times = Math.max(Number(least), Number(most ?? 0), 1);
      groups[top]! += last * (times - 1);
      last *= times;
    } else {
      last = 1;
      groups[top]! += 1;
    }
  }
  return groups.reduce((sum, size) => sum + size, 0);
}

/** Where a character class ends whose bracket lies before `at`; -1 where nothing closes it. */
function endOfClass(source: string, at: number): number {
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  while (at < source.length && source[at] !== ']') {
    CLASS_PART.lastIndex = at;
    if (!CLASS_PART.test(source)) return -1;
    at = CLASS_PART.lastIndex;
  }
  return at < source.length ? at + 1 : -1;
}
