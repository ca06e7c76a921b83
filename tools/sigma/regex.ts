import { RE2JS, RE2JSException } from 're2js';
import type { Test } from './plan';

export type RegexTest = Extract<Test, { kind: 'regex' }>;

/** Compiles a `re` test for linear-time search. Throws `RE2JSException` for syntax that RE2 does not have. */
export function compileRegex(test: Pick<RegexTest, 'source' | 'ignoreCase' | 'multiline' | 'dotAll'>): RE2JS {
  const flags =
    (test.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) |
    (test.multiline ? RE2JS.MULTILINE : 0) |
    (test.dotAll ? RE2JS.DOTALL : 0);
  return RE2JS.compile(test.source, flags);
}

/** Why a regular expression can't be run; `null` when it can. Look-around and back references are the usual reasons. */
export function regexProblem(test: Pick<RegexTest, 'source' | 'ignoreCase' | 'multiline' | 'dotAll'>): string | null {
  try {
    compileRegex(test);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return `the regular expression can't be run in linear time or is malformed: ${error.message.slice(0, 200)}`;
  }
}
