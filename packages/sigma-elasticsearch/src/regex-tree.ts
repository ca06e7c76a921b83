/** Thrown for what has no translation. */
export class Untranslatable extends Error {}

/** Code points from the one to the other, both included. */
export type CodePointRange = [from: number, to: number];

/** What stands between two characters: where the text or a line begins or ends, or a word does, or does not. */
export type Mark = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'word' | 'noWord';

/** A regular expression, its flags taken up into its sets and marks. */
export type RegexTree =
  | { kind: 'set'; ranges: CodePointRange[]; negated: boolean }
  | { kind: 'sequence'; items: RegexTree[] }
  | { kind: 'choice'; options: RegexTree[] }
  | { kind: 'repeat'; item: RegexTree; min: number; max: number; sign: string }
  | { kind: 'mark'; mark: Mark };

export interface Regex {
  source: string;
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
}

export const WORD: CodePointRange[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];

const SHORTHAND: Record<string, CodePointRange[]> = {
  d: [[48, 57]],
  w: WORD,
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
};

const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7 };
const MARKS: Record<string, Mark> = { b: 'word', B: 'noWord', A: 'start', z: 'end' };
const DEEPEST = 50;
const NEWLINE: CodePointRange = [10, 10];

type Flags = Omit<Regex, 'source'>;

/** Parses the syntax of RE2. Throws `Untranslatable` for what this doesn't know; the expression must have been compiled before. */
export class RegexParser {
  private readonly points: string[];
  private at = 0;
  private depth = 0;
  private flags: Flags;

  constructor({ source, ...flags }: Regex) {
    this.points = Array.from(source);
    this.flags = flags;
  }

  whole(): RegexTree {
    const tree = this.choice();
    if (this.at < this.points.length) throw new Untranslatable();
    return tree;
  }

  private choice(): RegexTree {
    const before = this.flags;
    const options: RegexTree[] = [];
    do options.push(this.sequence());
    while (this.take('|'));
    this.flags = before;
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  private sequence(): RegexTree {
    const items: RegexTree[] = [];
    for (;;) {
      const next = this.points[this.at];
      if (next === undefined || next === '|' || next === ')') break;
      const atom = this.atom(next);
      if (atom !== null) items.push(this.repeated(atom));
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  /** `null` for flags, which are no part of the text. */
  private atom(next: string): RegexTree | null {
    this.at++;
    switch (next) {
      case '(':
        return this.group();
      case '[':
        return this.characterClass();
      case '.':
        return { kind: 'set', ranges: this.flags.dotAll ? [] : [NEWLINE], negated: true };
      case '^':
        return { kind: 'mark', mark: this.flags.multiline ? 'lineStart' : 'start' };
      case '$':
        return { kind: 'mark', mark: this.flags.multiline ? 'lineEnd' : 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new Untranslatable();
      default:
        return this.set([[point(next), point(next)]], false);
    }
  }

  private group(): RegexTree | null {
    if (++this.depth > DEEPEST) throw new Untranslatable();
    const before = this.flags;
    if (this.take('?')) {
      const head = this.points.slice(this.at, this.at + 60).join('');
      const found = /^(?:([imsU]*)(?:-([imsU]+))?([:)])|P?<\w+>)/.exec(head);
      if (found === null) throw new Untranslatable();
      this.at += Array.from(found[0]).length;
      const [, on = '', off = '', end] = found;
      const flag = (letter: string, was: boolean): boolean => (was || on.includes(letter)) && !off.includes(letter);
      this.flags = {
        ignoreCase: flag('i', before.ignoreCase),
        multiline: flag('m', before.multiline),
        dotAll: flag('s', before.dotAll),
      };
      // These hold to the end of the group that they stand in.
      if (end === ')') return (this.depth--, null);
    }
    const inner = this.choice();
    if (!this.take(')')) throw new Untranslatable();
    this.depth--;
    this.flags = before;
    return inner;
  }

  private escape(): RegexTree {
    const mark = MARKS[this.points[this.at] ?? ''];
    if (mark !== undefined) return (this.at++, { kind: 'mark', mark });
    const { ranges, negated } = this.escaped();
    return this.set(ranges, negated);
  }

  /** What stands after a backslash, as a class. */
  private escaped(): { ranges: CodePointRange[]; negated: boolean } {
    const next = this.points[this.at++] ?? '';
    const shorthand = SHORTHAND[next.toLowerCase()];
    if (shorthand !== undefined) return { ranges: shorthand, negated: next !== next.toLowerCase() };
    const control = CONTROLS[next];
    if (control !== undefined) return { ranges: [[control, control]], negated: false };
    if (next === 'x') {
      const hex = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(this.points.slice(this.at, this.at + 8).join(''));
      if (hex === null) throw new Untranslatable();
      this.at += hex[0].length;
      const code = Number.parseInt(hex[1] ?? hex[2]!, 16);
      return { ranges: [[code, code]], negated: false };
    }
    if (!/^[!-/:-@[-`{-~]$/.test(next)) throw new Untranslatable();
    return { ranges: [[point(next), point(next)]], negated: false };
  }

  private characterClass(): RegexTree {
    const negated = this.take('^');
    const ranges: CodePointRange[] = [];
    do {
      const from = this.member();
      if (from.length > 1 || this.points[this.at] !== '-' || this.points[this.at + 1] === ']') {
        ranges.push(...from);
        continue;
      }
      this.at++;
      const to = this.member();
      if (to.length > 1 || to[0]![0] < from[0]![0]) throw new Untranslatable();
      ranges.push([from[0]![0], to[0]![1]]);
    } while (!this.take(']'));
    return this.set(ranges, negated);
  }

  private member(): CodePointRange[] {
    const next = this.points[this.at++];
    if (next === undefined || next === ']' || next === '[') throw new Untranslatable();
    if (next !== '\\') return [[point(next), point(next)]];
    const { ranges, negated } = this.escaped();
    if (negated) throw new Untranslatable();
    return ranges;
  }

  /** A lazy quantifier prefers shorter matches, which does not matter to whether there is one. */
  private repeated(item: RegexTree): RegexTree {
    const rest = this.points.slice(this.at, this.at + 12).join('');
    const found = /^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{0,4}))?\})/.exec(rest);
    if (found === null) return item;
    this.at += found[0].length;
    this.take('?');
    const [sign, simple, low, comma, high] = found;
    const min = simple === undefined ? Number(low) : simple === '+' ? 1 : 0;
    const most =
      simple === '?' ? 1 : simple !== undefined ? Infinity : comma === undefined ? min : Number(high || Infinity);
    return { kind: 'repeat', item, min, max: most, sign };
  }

  /** A set of code points, with both cases of its letters where case doesn't matter. */
  private set(ranges: CodePointRange[], negated: boolean): RegexTree {
    return { kind: 'set', ranges: this.flags.ignoreCase ? ranges.flatMap(bothCases) : ranges, negated };
  }

  private take(sign: string): boolean {
    if (this.points[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}

/** ASCII only, whose letters have two relatives outside of it: the Kelvin sign and the long s. */
function bothCases([from, to]: CodePointRange): CodePointRange[] {
  if (to > 127) throw new Untranslatable();
  const result: CodePointRange[] = [[from, to]];
  for (const [low, high, shift] of [
    [65, 90, 32],
    [97, 122, -32],
  ] as const) {
    const [first, last] = [Math.max(from, low), Math.min(to, high)];
    if (first > last) continue;
    result.push([first + shift, last + shift]);
    for (const [letter, relative] of [
      ['k', 0x212a],
      ['s', 0x017f],
    ] as const) {
      const code = low === 97 ? point(letter) : point(letter) - 32;
      if (first <= code && code <= last) result.push([relative, relative]);
    }
  }
  return result;
}

function point(character: string): number {
  return character.codePointAt(0)!;
}
