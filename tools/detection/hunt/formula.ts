import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { FUNCTIONS } from './functions';
import type { Formula } from './types';

/**
 * The closed grammar of `derive` and `having`, loosest first:
 *
 *     or          and { "or" and }
 *     and         not { "and" not }
 *     not         "not" not | comparison
 *     comparison  sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
 *     sum         product { ("+" | "-") product }
 *     product     unary { ("*" | "/") unary }
 *     unary       "-" unary | number | name | "$" name | call | "(" or ")"
 *     call        function "(" or { "," or } ")"
 *
 * A comparison compares two numbers and cannot be chained; `and`, `or` and `not` take truths. The functions are those of
 * `functions.ts`, and take numbers. There are no strings.
 */

/** A name that a formula reads, with its 0-based offset in the text: a measure or derived value, or a `$parameter`. */
export interface FormulaName {
  name: string;
  kind: 'measure' | 'parameter';
  offset: number;
}

export interface FormulaError {
  message: string;
  hint: string;
  /** 0-based, in the text. */
  offset: number;
}

export type ParsedFormula =
  | { formula: Formula; names: FormulaName[]; error?: undefined }
  | { formula?: undefined; names?: undefined; error: FormulaError };

/** Longest formula, in characters, and deepest nesting: far more than any query needs, and a bound on the recursion. */
export const MAX_FORMULA = 1000;
const MAX_NESTING = 32;

type Wanted = 'truth' | 'number';
type Token = { kind: 'number' | 'name' | 'parameter' | 'sign' | 'end'; text: string; offset: number };

const TOKEN = /(?:(\d+(?:\.\d+)?)|(\$[a-z_][a-z0-9_]*)|([a-z_][a-z0-9_]*)|(<=|>=|==|!=|[-+*/<>(),]))/iy;
const WORDS = new Set(['and', 'or', 'not']);
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;

class Problem extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/**
 * Parses a formula whose result must be a truth (`having`) or a number (`derive`). Gives the first error of the text;
 * whether the names exist is the caller's to check.
 */
export function parseFormula(text: string, wanted: Wanted): ParsedFormula {
  try {
    if (text.length > MAX_FORMULA)
      throw new Problem(`is longer than ${MAX_FORMULA} characters`, 'split it with derive', 0);
    const parser = new Parser(tokenize(text));
    return { formula: parser.whole(wanted), names: parser.names };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { error: { message: error.message, hint: error.hint, offset: error.offset } };
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    if (/\s/.test(text[offset]!)) {
      offset++;
      continue;
    }
    TOKEN.lastIndex = offset;
    const found = TOKEN.exec(text);
    if (!found) {
      const character = String.fromCodePoint(text.codePointAt(offset)!);
      const hint =
        SLIPS[character] ??
        'a formula has numbers, names, $parameters, functions, + - * /, comparisons, and, or, not and ( )';
      throw new Problem(`has an unexpected ${JSON.stringify(character)}`, hint, offset);
    }
    const kind = found[1] ? 'number' : found[2] ? 'parameter' : found[3] ? 'name' : 'sign';
    tokens.push({ kind, text: found[0], offset });
    offset += found[0].length;
  }
  tokens.push({ kind: 'end', text: 'the end', offset: text.length });
  return tokens;
}

const SLIPS: Record<string, string> = {
  '=': "write '==' to compare",
  '!': "write 'not', or '!=' to compare",
  '&': "write 'and'",
  '|': "write 'or'",
  $: 'a parameter is a $ and its name',
};

class Parser {
  readonly names: FormulaName[] = [];
  private at = 0;
  private depth = 0;
  constructor(private readonly tokens: Token[]) {}

  whole(wanted: Wanted): Formula {
    const start = this.peek();
    const formula = this.or();
    const rest = this.peek();
    if (rest.kind !== 'end') {
      const chained = (COMPARISONS as readonly string[]).includes(rest.text);
      const hint = chained ? "a comparison cannot be chained: join two with 'and'" : 'join two parts with an operator';
      throw new Problem(`has an unexpected '${rest.text}'`, hint, rest.offset);
    }
    this.requireKind(wanted, formula, start);
    return formula;
  }

  private or(): Formula {
    return this.joined('or', () => this.and());
  }

  private and(): Formula {
    return this.joined('and', () => this.not());
  }

  private joined(op: 'and' | 'or', part: () => Formula): Formula {
    const start = this.peek();
    let left = part();
    while (this.peek().text === op) {
      this.requireKind('truth', left, start);
      this.at++;
      left = { op, left, right: this.expect('truth', part) };
    }
    return left;
  }

  private not(): Formula {
    if (this.peek().text !== 'not') return this.comparison();
    this.at++;
    return this.nested(() => ({ op: 'not', formula: this.expect('truth', () => this.not()) }));
  }

  private comparison(): Formula {
    const start = this.peek();
    const left = this.sum();
    const op = COMPARISONS.find((each) => each === this.peek().text);
    if (!op) return left;
    this.requireKind('number', left, start);
    this.at++;
    return { op, left, right: this.expect('number', () => this.sum()) };
  }

  private sum(): Formula {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Formula {
    return this.chain(['*', '/'], () => this.unary());
  }

  private chain(ops: ('+' | '-' | '*' | '/')[], part: () => Formula): Formula {
    const start = this.peek();
    let left = part();
    for (;;) {
      const op = ops.find((each) => each === this.peek().text);
      if (!op) return left;
      this.requireKind('number', left, start);
      this.at++;
      left = { op, left, right: this.expect('number', part) };
    }
  }

  private unary(): Formula {
    const token = this.peek();
    this.at++;
    if (token.text === '-') {
      const formula = this.nested(() => this.expect('number', () => this.unary()));
      return { op: '-', left: { op: 'number', value: 0 }, right: formula };
    }
    if (token.text === '(') return this.nested(() => this.parenthesis(token));
    if (token.kind === 'number') return { op: 'number', value: Number(token.text) };
    if (token.kind === 'parameter') return this.name('parameter', token.text.slice(1), token.offset);
    if (token.kind === 'name' && !WORDS.has(token.text))
      return this.peek().text === '('
        ? this.nested(() => this.call(token))
        : this.name('measure', token.text, token.offset);
    const what = token.kind === 'end' ? 'ends too early' : `has an unexpected '${token.text}'`;
    throw new Problem(what, 'a number, a name, a $parameter or a parenthesis belongs here', token.offset);
  }

  private call({ text: name, offset }: Token): Formula {
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : null;
    if (known === null)
      throw new Problem(`calls '${name}', which is not a function`, didYouMean(name, Object.keys(FUNCTIONS)), offset);
    const open = this.peek();
    const args: Formula[] = [];
    do {
      this.at++;
      args.push(this.expect('number', () => this.or()));
    } while (this.peek().text === ',');
    if (this.peek().text !== ')') throw new Problem("has a '(' that nothing closes", "add the ')'", open.offset);
    this.at++;
    if (args.length === known.takes.length) return { op: 'call', name, args };
    const message = `gives '${name}' ${args.length} argument${args.length === 1 ? '' : 's'}`;
    throw new Problem(message, `it takes ${known.takes.length}: ${known.takes.join(', ')}`, offset);
  }

  private parenthesis(open: Token): Formula {
    const formula = this.or();
    if (this.peek().text !== ')') throw new Problem("has a '(' that nothing closes", "add the ')'", open.offset);
    this.at++;
    return formula;
  }

  private name(kind: FormulaName['kind'], name: string, offset: number): Formula {
    this.names.push({ name, kind, offset });
    return { op: kind, name };
  }

  private nested(part: () => Formula): Formula {
    if (++this.depth > MAX_NESTING) {
      throw new Problem(`is nested deeper than ${MAX_NESTING} levels`, 'split it with derive', this.peek().offset);
    }
    const formula = part();
    this.depth--;
    return formula;
  }

  private expect(wanted: Wanted, part: () => Formula): Formula {
    const start = this.peek();
    const formula = part();
    this.requireKind(wanted, formula, start);
    return formula;
  }

  private requireKind(wanted: Wanted, formula: Formula, start: Token): void {
    const is = isTruth(formula) ? 'truth' : 'number';
    if (is === wanted) return;
    throw wanted === 'truth'
      ? new Problem(
          `has a number where a comparison belongs, from '${start.text}' on`,
          'compare it with something',
          start.offset,
        )
      : new Problem(`has a comparison where a number belongs, from '${start.text}' on`, 'compare last', start.offset);
  }

  private peek(): Token {
    return this.tokens[this.at]!;
  }
}

function isTruth(formula: Formula): boolean {
  return !['number', 'measure', 'parameter', 'call', '+', '-', '*', '/'].includes(formula.op);
}
