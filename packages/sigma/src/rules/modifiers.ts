import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { TimePart } from './plan';
import type { Path, Reporter } from './reporter';

export const POSITIONS = ['contains', 'startswith', 'endswith'] as const;
export const ORDERINGS = ['lt', 'lte', 'gt', 'gte'] as const;
export const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const satisfies readonly TimePart[];
const ENCODINGS = ['windash', 'base64', 'base64offset', 'wide', 'utf16', 'utf16le', 'utf16be', 'expand'] as const;

/** Long names of the regular expression's flags are those of pySigma. */
const FLAGS: Record<string, 'i' | 'm' | 's'> = { i: 'i', m: 'm', s: 's', ignorecase: 'i', multiline: 'm', dotall: 's' };

export type TextPosition = (typeof POSITIONS)[number];
export type Ordering = (typeof ORDERINGS)[number];
/** A modifier that rewrites a string; they are applied in the written order. */
export type Transformation = (typeof ENCODINGS)[number] | TextPosition;

/** The modifiers of one key, sorted by what they do. */
export interface Modifiers {
  /** What the values are: `plain` strings, numbers, booleans and null, or something that a modifier makes of them. */
  kind: 'plain' | 'regex' | 'cidr' | 'fieldref' | 'exists' | 'ordering' | 'time';
  all: boolean;
  neq: boolean;
  cased: boolean;
  flags: Set<'i' | 'm' | 's'>;
  ordering: Ordering | null;
  timePart: TimePart | null;
  /** Where the value stands in the field, for `fieldref`; for strings it is one of the transformations. */
  position: TextPosition | null;
  transformations: Transformation[];
}

const KINDS: Record<string, Modifiers['kind']> = {
  re: 'regex',
  cidr: 'cidr',
  fieldref: 'fieldref',
  exists: 'exists',
  ...Object.fromEntries(ORDERINGS.map((name) => [name, 'ordering' as const])),
  ...Object.fromEntries(TIME_PARTS.map((name) => [name, 'time' as const])),
};

export const KNOWN_MODIFIERS = [
  'all',
  'neq',
  'cased',
  ...POSITIONS,
  ...ENCODINGS,
  ...Object.keys(KINDS),
  ...Object.keys(FLAGS),
];

/** Those that need no field. */
const KEYWORD_MODIFIERS = KNOWN_MODIFIERS.filter((name) => (KINDS[name] ?? 'regex') === 'regex');

/** What else may stand beside a modifier of each kind. */
const COMPANIONS: Record<Modifiers['kind'], readonly string[]> = {
  plain: ['all', 'neq', 'cased', ...POSITIONS, ...ENCODINGS],
  regex: ['all', 'neq', 'expand', ...Object.keys(FLAGS)],
  cidr: ['all', 'neq', 'expand'],
  fieldref: ['all', 'neq', 'cased', ...POSITIONS],
  exists: [],
  ordering: ['all', 'neq', ...TIME_PARTS],
  time: ['all', 'neq', ...ORDERINGS],
};

/** What `readModifiers` gave for the combinations that have been read: rules share a few dozen. */
const COMBINATIONS = new Map<string, Modifiers>();

/**
 * Sorts the modifiers of a key (`contains|all` of `a|contains|all`; `null` for a key without a bar). Reports unknown and
 * repeated ones, and combinations that have no meaning; returns `null` after an error.
 */
export function readModifiers(
  written: string | null,
  keyword: boolean,
  path: Path,
  reporter: Reporter,
): Modifiers | null {
  const combination = `${keyword ? '' : 'field'}${written === null ? '' : `|${written}`}`;
  const known = COMBINATIONS.get(combination);
  if (known !== undefined) return known;
  const modifiers = sortModifiers(written === null ? [] : written.split('|'), keyword, path, reporter);
  if (modifiers !== null) COMBINATIONS.set(combination, modifiers);
  return modifiers;
}

function sortModifiers(names: string[], keyword: boolean, path: Path, reporter: Reporter): Modifiers | null {
  const fail = (code: DiagnosticCode, message: string, hint: string): null => {
    reporter.error(code, path, message, hint, 'key');
    return null;
  };
  for (const [index, name] of names.entries()) {
    if (!KNOWN_MODIFIERS.includes(name)) {
      return fail(
        'unknown-modifier',
        `there is no modifier '${name}'`,
        didYouMean(name, keyword ? KEYWORD_MODIFIERS : KNOWN_MODIFIERS),
      );
    }
    if (names.indexOf(name) !== index)
      return fail('modifier-conflict', `the modifier '${name}' stands twice`, 'remove one');
  }
  const kinds = new Set(names.flatMap((name) => KINDS[name] ?? []));
  // `hour|gte` is a time part that is compared by order.
  const kind = kinds.has('time') ? 'time' : ([...kinds][0] ?? 'plain');
  const main = names.find((name) => KINDS[name] === kind);
  for (const name of names) {
    if (name === main || COMPANIONS[kind].includes(name)) continue;
    if (FLAGS[name]) return fail('modifier-conflict', `'${name}' is a flag of 're'`, `write '|re|${name}'`);
    return fail(
      'modifier-conflict',
      `'${name}' can't be combined with '${main ?? 're'}'`,
      'split the test in two, or drop one',
    );
  }
  const used = (some: readonly string[]) => names.filter((name) => some.includes(name));
  for (const exclusive of [POSITIONS, ORDERINGS, TIME_PARTS]) {
    const both = used(exclusive);
    if (both.length > 1)
      return fail('modifier-conflict', `'${both.join("' and '")}' exclude each other`, 'keep one of them');
  }
  if (used(['all', 'neq']).length > 1) {
    return fail(
      'modifier-conflict',
      "'all' and 'neq' together are ambiguous",
      "negate the selection in the condition instead of 'neq'",
    );
  }
  const first = names.findIndex((name) => FLAGS[name]);
  if (first >= 0 && first < names.indexOf('re')) {
    return fail('modifier-conflict', `the flag '${names[first]!}' stands before 're'`, `write '|re|${names[first]!}'`);
  }
  if (keyword && kind !== 'plain' && kind !== 'regex') {
    return fail('modifier-needs-field', `'${main!}' needs a field before it`, `write 'field|${main!}'`);
  }
  return {
    kind,
    all: names.includes('all'),
    neq: names.includes('neq'),
    cased: names.includes('cased'),
    flags: new Set(names.flatMap((name) => FLAGS[name] ?? [])),
    ordering: ORDERINGS.find((name) => names.includes(name)) ?? null,
    timePart: TIME_PARTS.find((name) => names.includes(name)) ?? null,
    position: POSITIONS.find((name) => names.includes(name)) ?? null,
    transformations: names.filter((name): name is Transformation =>
      ([...ENCODINGS, ...POSITIONS] as readonly string[]).includes(name),
    ),
  };
}
