import { MAX_LOOKS, MAX_REGEX_TOTAL, MAX_TESTS, MAX_TEXT } from './limits';
import type { Test } from './plan';
import { regexSize } from './regex';

/**
 * What the rules of one file have asked for together. A file is bounded, but a few of its bytes can ask for a thousand
 * tests, and each of its documents can do so again.
 */
export class FileBudget {
  private tests = 0;
  private text = 0;
  private regex = 0;
  private uses = 0;
  private looks = 0;

  /** `mostUses` is how many tests the conditions may refer to. */
  constructor(private readonly mostUses = MAX_TESTS) {}

  /** Counts the tests that one value was lowered to. */
  take(tests: readonly Test[]): void {
    this.tests += tests.length;
    for (const test of tests) {
      if (test.kind === 'pattern') {
        for (const part of test.parts) this.text += typeof part === 'string' ? part.length : 1;
      } else if (test.kind === 'regex') {
        this.text += test.source.length;
        this.regex += regexSize(test);
      }
    }
  }

  /** What was taken too much of, so that nothing more is to be read; `null` while there is enough. */
  get spent(): string | null {
    if (this.tests > MAX_TESTS) return `more than ${MAX_TESTS} tests`;
    if (this.text > MAX_TEXT) return `more than ${MAX_TEXT} characters after its modifiers`;
    return this.regex > MAX_REGEX_TOTAL ? `regular expressions of more than ${MAX_REGEX_TOTAL} steps` : null;
  }

  /** Counts the selections that a quantifier looks at. False when that is too much. */
  look(selections: number): boolean {
    this.looks += selections;
    return this.looks <= MAX_LOOKS;
  }

  /** Counts the tests that a condition refers to. False when that is too much. */
  use(tests: number): boolean {
    this.uses += tests;
    return this.uses <= this.mostUses;
  }
}
