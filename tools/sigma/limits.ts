/**
 * Bounds on what one rule may ask for, so that no rule can exhaust the process that reads it. Beyond each of them the
 * rule is refused with the diagnostic `too-large`, never cut short. The largest of SigmaHQ's 3,757 rules stay well below.
 */

/** Characters of one string value or regular expression. */
export const MAX_VALUE_LENGTH = 8192;

/** Alternatives that one written value may expand to (`windash`, `base64offset`, `expand`). */
export const MAX_ALTERNATIVES = 1024;

/** Tests in a whole detection, each counted as often as the condition uses it. */
export const MAX_TESTS = 50_000;

/** Characters of one condition. */
export const MAX_CONDITION_LENGTH = 16_384;

/** Parentheses and `not`s of a condition within one another. */
export const MAX_CONDITION_DEPTH = 64;

/** The longest timespan of a correlation: ten years. */
export const MAX_TIMESPAN_MS = 10 * 366 * 86_400_000;
