import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { numberOf as readNumber } from '../values/scalar';
import { allOf } from './expr';
import { fieldProblem } from './field';
import { MAX_VALUE_LENGTH } from './limits';
import { readModifiers, type Modifiers } from './modifiers';
import { parseNetwork } from './network';
import { withWildcards } from './pattern';
import type { Expr, PatternPart, PlanNumber, Test, TimePart } from './plan';
import { regexProblem } from './regex';
import type { Path, Reporter } from './reporter';
import { expandText, transform, TransformError, type Placeholders } from './transform';

/** Years as wide as a `Date` can hold without a sign; the other ranges are the specification's, with ISO 8601's week 53. */
const TIME_RANGES: Record<TimePart, [number, number]> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [0, 9999],
};

/**
 * One `field|modifier: value` as an expression of tests; a key without a field makes keywords. The values of a list are
 * joined by `or`, under `all` by `and`. Returns `null` after an error, and reports the errors of all values.
 */
export function lowerItem(
  key: string,
  value: unknown,
  path: Path,
  placeholders: Placeholders,
  reporter: Reporter,
): Expr | null {
  const bar = key.indexOf('|');
  const name = bar < 0 ? key : key.slice(0, bar);
  const field = name === '' ? null : name;
  if (field === null && bar < 0 && typeof path.at(-1) === 'string' && path.at(-1) === '') {
    reporter.error('empty-field', path, 'the field has no name', "write a field's name, or '|all' for keywords", 'key');
    return null;
  }
  const problem = fieldProblem(name);
  if (problem !== null) {
    reporter.error('too-large', path, problem, 'shorten it', 'key');
    return null;
  }
  const modifiers = readModifiers(bar < 0 ? null : key.slice(bar + 1), field === null, path, reporter);
  if (modifiers === null) return null;
  if (Array.isArray(value) ? value.length === 0 : modifiers.all) {
    if (Array.isArray(value))
      reporter.error('empty-list', path, 'an empty list matches nothing', 'give it values, or remove it');
    else
      reporter.error('all-needs-list', path, "'all' is for lists of values", "remove '|all', or write a list", 'key');
    return null;
  }
  const listed = Array.isArray(value);
  const values = listed ? (value as unknown[]) : [value];
  const alternatives = values.map((each, index) => {
    const at = (): Path => (listed ? [...path, index] : path);
    if (each === null && listed) {
      reporter.error(
        'null-in-list',
        at(),
        "null can't be part of a list of values",
        'make it a selection of its own and join them with `or` in the condition',
      );
      return null;
    }
    return lowerValue(field, each, modifiers, at, placeholders, reporter);
  });
  const whole = alternatives.filter((each) => each !== null);
  if (whole.length < alternatives.length) return null;
  const expr = allOf(modifiers.all ? 'and' : 'or', whole);
  return modifiers.neq ? { op: 'not', expr } : expr;
}

function lowerValue(
  field: string | null,
  value: unknown,
  modifiers: Modifiers,
  at: () => Path,
  placeholders: Placeholders,
  reporter: Reporter,
): Expr | null {
  if (reporter.budget.spent !== null) return null;
  const problem = unusable(value);
  if (problem) {
    reporter.error(problem.code, at(), problem.message, problem.hint);
    return null;
  }
  // What is sought in texts is a text itself, as it is written: `00429` is not `429` there.
  const textual = field === null || modifiers.kind === 'regex' || modifiers.transformations.length > 0;
  if (textual && (isNumber(value) || typeof value === 'boolean')) value = reporter.textOf(value, at());
  try {
    const tests =
      field === null ? keywordTests(value, modifiers, placeholders) : fieldTests(field, value, modifiers, placeholders);
    // A number that loses its text, such as +447700900456, is that text too.
    if (field !== null && modifiers.kind === 'plain' && isNumber(value)) {
      const written = reporter.textOf(value, at());
      if (written !== String(value)) tests.push(patternTest(field, [written], modifiers.cased));
    }
    reporter.budget.take(tests);
    const { spent } = reporter.budget;
    if (spent !== null)
      throw new TransformError('too-large', `with this value the file has ${spent}`, 'split it, or use fewer values');
    const leaves = tests.map((test): Expr => ({ op: 'test', test }));
    return allOf('or', leaves);
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    reporter.error(error.code, at(), error.message, error.hint);
    return null;
  }
}

/** What is wrong with a value whatever its modifiers. */
function unusable(value: unknown): { code: DiagnosticCode; message: string; hint: string } | null {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { code: 'invalid-value', message: 'not a finite number', hint: 'put it in quotes to compare it as text' };
  }
  if (typeof value === 'string' && value.length > MAX_VALUE_LENGTH) {
    return { code: 'too-large', message: `longer than ${MAX_VALUE_LENGTH} characters`, hint: 'shorten it' };
  }
  if (Array.isArray(value))
    return {
      code: 'nested-list',
      message: 'a list directly in a list has no meaning in Sigma',
      hint: 'join the two lists',
    };
  if (typeof value === 'object' && value !== null) {
    return {
      code: 'nested-map',
      message: "a field's value can't be a map",
      hint: 'write the path with dots: `outer.inner: value`',
    };
  }
  return null;
}

/**
 * Keywords are sought in the full log message, so that one without `startswith`, `endswith` or `re` may stand anywhere in the
 * text of any value of the event.
 */
function keywordTests(value: unknown, modifiers: Modifiers, placeholders: Placeholders): Test[] {
  if (value === null) throw new TransformError('invalid-value', 'null is not a keyword', 'write the field that is null');
  if (modifiers.kind === 'regex') return regexTests(null, value, modifiers, placeholders);
  const anywhere = modifiers.position === null;
  return transform(value as string, modifiers.transformations, placeholders).map((parts) =>
    patternTest(null, anywhere ? withWildcards(parts, true, true) : parts, modifiers.cased),
  );
}

function fieldTests(field: string, value: unknown, modifiers: Modifiers, placeholders: Placeholders): Test[] {
  switch (modifiers.kind) {
    case 'plain':
      return plainTests(field, value, modifiers, placeholders);
    case 'regex':
      return regexTests(field, value, modifiers, placeholders);
    case 'cidr':
      return expandedText(value, 'cidr', modifiers, placeholders).map((text) => {
        const network = parseNetwork(text);
        if (network !== null) return { kind: 'cidr', field, network };
        throw new TransformError(
          'invalid-network',
          `'${text.slice(0, 60)}' is not an IPv4 or IPv6 network`,
          'write it as `10.0.0.0/8` or `2001:db8::/32`',
        );
      });
    case 'fieldref':
      return [
        {
          kind: 'ref',
          field,
          other: fieldOf(textUnder(value, 'fieldref')),
          match: modifiers.position ?? 'equals',
          cased: modifiers.cased,
        },
      ];
    case 'exists':
      if (typeof value !== 'boolean')
        throw new TransformError(
          'invalid-value',
          "'exists' takes true or false",
          'write `true` or `false` without quotes',
        );
      return [{ kind: 'exists', field, present: value }];
    case 'ordering':
      return [{ kind: 'number', field, op: modifiers.ordering!, value: numberUnder(value, modifiers.ordering!) }];
    case 'time': {
      const part = modifiers.timePart!;
      const [low, high] = TIME_RANGES[part];
      const number = numberUnder(value, part);
      if (typeof number === 'string' || !Number.isInteger(number) || number < low || number > high) {
        throw new TransformError(
          'invalid-value',
          `'${part}' takes a whole number from ${low} to ${high}`,
          'correct the number',
        );
      }
      return [{ kind: 'time', field, part, op: modifiers.ordering ?? 'eq', value: number }];
    }
  }
}

function plainTests(field: string, value: unknown, modifiers: Modifiers, placeholders: Placeholders): Test[] {
  if (typeof value === 'string') {
    return transform(value, modifiers.transformations, placeholders).map((parts) =>
      patternTest(field, parts, modifiers.cased),
    );
  }
  const [first] = modifiers.transformations;
  if (first !== undefined) {
    throw new TransformError('invalid-value', `'${first}' takes a string`, 'write the string');
  }
  if (value === null) return [{ kind: 'null', field }];
  return isNumber(value)
    ? [{ kind: 'number', field, op: 'eq', value: planNumber(value) }]
    : [{ kind: 'boolean', field, value: value === true }];
}

function regexTests(field: string | null, value: unknown, modifiers: Modifiers, placeholders: Placeholders): Test[] {
  return expandedText(value, 're', modifiers, placeholders).map((source) => {
    const { flags } = modifiers;
    const test = {
      kind: 'regex',
      field,
      source,
      ignoreCase: flags.has('i'),
      multiline: flags.has('m'),
      dotAll: flags.has('s'),
    } as const;
    const problem = regexProblem(test);
    if (problem !== null) throw new TransformError(problem.code, problem.message, problem.hint);
    return test;
  });
}

function expandedText(value: unknown, modifier: string, modifiers: Modifiers, placeholders: Placeholders): string[] {
  const text = textUnder(value, modifier);
  return modifiers.transformations.includes('expand') ? expandText(text, placeholders) : [text];
}

function textUnder(value: unknown, modifier: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TransformError(
    'invalid-value',
    `'${modifier}' takes a string`,
    'put the value in quotes, and leave none empty',
  );
}

function fieldOf(name: string): string {
  const problem = fieldProblem(name);
  if (problem === null) return name;
  throw new TransformError('too-large', problem, 'shorten it');
}

function numberUnder(value: unknown, modifier: string): PlanNumber {
  const number = readNumber(value);
  if (number !== null) return planNumber(number);
  throw new TransformError('invalid-value', `'${modifier}' takes a number`, 'write a number');
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** A plan is plain JSON. */
function planNumber(value: number | bigint): PlanNumber {
  return typeof value === 'bigint' ? String(value) : value;
}

function patternTest(field: string | null, parts: PatternPart[], cased: boolean): Test {
  return { kind: 'pattern', field, parts, cased };
}
