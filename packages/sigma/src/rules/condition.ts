import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { FileBudget } from './budget';
import { allOf } from './expr';
import { MAX_CONDITION_DEPTH, MAX_CONDITION_LENGTH, MAX_LOOKS, MAX_TESTS } from './limits';
import type { BooleanTree } from './plan';
import type { Path, Reporter } from './reporter';

/** What a condition can name, and what each name stands for; `null` for one that has an error of its own. */
export type Named<Leaf> = ReadonlyMap<string, BooleanTree<Leaf> | null>;

const WORDS = ['and', 'or', 'not', 'of', 'them'];

class ConditionError extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/**
 * Parses a condition (rules specification, "Condition"): `or` binds looser than `and`, then `not`, then `1 of x*` and
 * `all of x*`, then parentheses. Adds every name it uses to `used`. Returns `null` after an error, its own or a selection's.
 */
export function parseCondition<Leaf>(
  text: string,
  selections: Named<Leaf>,
  used: Set<string>,
  path: Path,
  reporter: Reporter,
): BooleanTree<Leaf> | null {
  try {
    if (text.length > MAX_CONDITION_LENGTH) {
      throw new ConditionError(
        'too-large',
        `longer than ${MAX_CONDITION_LENGTH} characters`,
        'shorten it with `1 of name*`',
      );
    }
    if (text.includes('|')) {
      throw new ConditionError(
        'unsupported-aggregation',
        'aggregations after `|` are obsolete',
        'write a correlation rule (type event_count, value_count or temporal)',
      );
    }
    return new ConditionParser(text, selections, used, reporter.budget).parse();
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    reporter.error(error.code, path, error.message, error.hint);
    return null;
  }
}

/** Recursive descent over the tokens. `null` stands for an expression whose selection is in error. */
class ConditionParser<Leaf> {
  private readonly tokens: string[];
  private next = 0;
  private depth = 0;
  private uses = 0;

  constructor(
    text: string,
    private readonly selections: Named<Leaf>,
    private readonly used: Set<string>,
    private readonly budget: FileBudget,
  ) {
    this.tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  }

  parse(): BooleanTree<Leaf> | null {
    const expr = this.either();
    const rest = this.tokens[this.next];
    if (rest === undefined) return expr;
    throw new ConditionError(
      'condition-syntax',
      `'${rest.slice(0, 60)}' is out of place`,
      rest === ')' ? 'remove it, or open a parenthesis before' : 'join the parts with `and` or `or`',
    );
  }

  private either(): BooleanTree<Leaf> | null {
    return this.chain('or', () => this.chain('and', () => this.negation()));
  }

  private chain(op: 'and' | 'or', operand: () => BooleanTree<Leaf> | null): BooleanTree<Leaf> | null {
    const parts = [operand()];
    while (this.word() === op) {
      this.next++;
      parts.push(operand());
    }
    const whole = parts.filter((part) => part !== null);
    return whole.length < parts.length ? null : allOf(op, whole);
  }

  private negation(): BooleanTree<Leaf> | null {
    if (this.word() !== 'not') return this.primary();
    this.next++;
    const expr = this.nested(() => this.negation());
    return expr && { op: 'not', expr };
  }

  private primary(): BooleanTree<Leaf> | null {
    const token = this.tokens[this.next];
    const word = this.word();
    if (token === undefined)
      throw new ConditionError('condition-syntax', 'the condition ends too early', 'name a selection there');
    if (token === '(') {
      this.next++;
      const expr = this.nested(() => this.either());
      if (this.tokens[this.next] !== ')')
        throw new ConditionError('condition-syntax', 'a parenthesis is not closed', "add ')'");
      this.next++;
      return expr;
    }
    if (this.tokens[this.next + 1]?.toLowerCase() === 'of') return this.quantified(word!);
    if (token === ')' || (WORDS.includes(word!) && !this.selections.has(token))) {
      throw new ConditionError('condition-syntax', `'${token}' is out of place`, 'name a selection there');
    }
    this.next++;
    return this.selection(token);
  }

  private quantified(quantifier: string): BooleanTree<Leaf> | null {
    const pattern = this.tokens[this.next + 2];
    if (quantifier !== '1' && quantifier !== 'all') {
      throw new ConditionError(
        'unsupported-quantifier',
        `'${quantifier.slice(0, 60)} of' is not in Sigma`,
        'write `1 of` or `all of`',
      );
    }
    if (pattern === undefined || pattern === '(' || pattern === ')') {
      throw new ConditionError(
        'condition-syntax',
        `'${quantifier} of' needs a name`,
        'write `of them`, or a name with `*`',
      );
    }
    this.next += 3;
    const names = this.matching(pattern);
    if (names.length === 0) {
      throw new ConditionError(
        'unknown-selection',
        `no selection is called '${pattern.slice(0, 60)}'`,
        didYouMean(pattern, this.selections.keys()),
      );
    }
    const parts = names.map((name) => this.selection(name));
    const whole = parts.filter((part) => part !== null);
    return whole.length < parts.length ? null : allOf(quantifier === '1' ? 'or' : 'and', whole);
  }

  /** Names that begin with `_` are left out unless the pattern itself begins with it. */
  private matching(pattern: string): string[] {
    const names = [...this.selections.keys()];
    if (pattern.toLowerCase() === 'them' && !this.selections.has(pattern))
      return names.filter((name) => !name.startsWith('_'));
    if (!this.budget.look(names.length))
      throw new ConditionError(
        'too-large',
        `the quantifiers of the file look at more than ${MAX_LOOKS} selections`,
        'use fewer quantifiers or selections',
      );
    const pieces = pattern.split(/\*+/);
    return names.filter((name) => (pattern.startsWith('_') || !name.startsWith('_')) && matchesPieces(name, pieces));
  }

  private selection(name: string): BooleanTree<Leaf> | null {
    const expr = this.selections.get(name);
    if (expr === undefined) {
      throw new ConditionError(
        'unknown-selection',
        `there is no selection '${name.slice(0, 60)}'`,
        didYouMean(name, this.selections.keys()),
      );
    }
    if (++this.uses > MAX_TESTS) {
      throw new ConditionError(
        'too-large',
        `refers to more than ${MAX_TESTS} selections`,
        'refer to each of them once',
      );
    }
    this.used.add(name);
    return expr;
  }

  private nested(parse: () => BooleanTree<Leaf> | null): BooleanTree<Leaf> | null {
    if (++this.depth > MAX_CONDITION_DEPTH) {
      throw new ConditionError(
        'too-large',
        `more than ${MAX_CONDITION_DEPTH} levels of parentheses and 'not'`,
        'flatten the condition',
      );
    }
    const expr = parse();
    this.depth--;
    return expr;
  }

  private word(): string | undefined {
    return this.tokens[this.next]?.toLowerCase();
  }
}

/** Whether a name is the pieces in order with anything between them. Leftmost placement of each piece is enough. */
function matchesPieces(name: string, pieces: string[]): boolean {
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  if (pieces.length === 1) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= name.length - last.length;
}
