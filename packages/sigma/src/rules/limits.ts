/**
 * Bounds on what Sigma documents may ask for, so that no rule can exhaust the process that reads or runs it. Beyond each of
 * them the rule is refused with a diagnostic, never cut short. The largest of SigmaHQ's 3,757 rules stay well below.
 */

/** Characters of one string value or regular expression. */
export const MAX_VALUE_LENGTH = 8192;

/** Alternatives that one written value may expand to (`base64offset`, `expand`, and `windash` before an encoding). */
export const MAX_ALTERNATIVES = 1024;

/** Tests in a whole detection, each counted as often as the condition uses it; the rules of one file together have as many. */
export const MAX_TESTS = 50_000;

/** Characters that the values of one file expand to. */
export const MAX_TEXT = 4_000_000;

/** Steps of a compiled regular expression: one for each character, class, alternative and counted repetition of them. */
export const MAX_REGEX_SIZE = 2000;

/** Steps of all regular expressions of one file. */
export const MAX_REGEX_TOTAL = 200_000;

/** Characters of a field's name. */
export const MAX_FIELD_LENGTH = 1024;

/** Levels of a field's name: one more than it has dots. */
export const MAX_FIELD_LEVELS = 32;

/** Selections of one detection. */
export const MAX_SELECTIONS = 1000;

/** Conditions in the list of one detection. */
export const MAX_CONDITIONS = 100;

/** Selections that the quantifiers of the conditions of one file look at, such as each of ten for `1 of x*`. */
export const MAX_LOOKS = 1_000_000;

/** Characters of one condition. */
export const MAX_CONDITION_LENGTH = 16_384;

/** Parentheses and `not`s of a condition within one another. */
export const MAX_CONDITION_DEPTH = 64;

/** Names in each list of a correlation: rules, group-by, fields, aliases. */
export const MAX_NAMES = 1000;

/** Correlations on correlations: the longest chain. */
export const MAX_CHAIN = 32;

/** Rules that one filter names. */
export const MAX_FILTER_RULES = 10_000;

/** Filters on one rule. */
export const MAX_FILTERS = 100;

/** Tests of all rules that filters are applied to, with those of the filters, each as often as it is applied. */
export const MAX_FILTERED_TESTS = 1_000_000;

/** The longest timespan of a correlation: ten years. */
export const MAX_TIMESPAN_MS = 10 * 366 * 86_400_000;

/** Diagnostics of one document; more are left out, since nobody reads them and each costs a search for what was meant. */
export const MAX_DIAGNOSTICS = 100;
