/**
 * Translates a regular expression of RE2 into one of Lucene that matches the same texts. Lucene's always span the whole
 * text, have no anchors, flags or shorthand, and their `.` takes line breaks too. What has no translation here (word
 * boundaries, multiline anchors, flags in groups, case folding beyond ASCII) gives null; the caller then asks for more
 * and looks again.
 */
export function toLucene(regex: {
  source: string;
  ignoreCase: boolean;
  multiline: boolean;
  dotAll: boolean;
}): string | null {
  try {
    const text = new Translator(regex).whole();
    return text.length <= LONGEST ? text : null;
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}

/** Elasticsearch's default for `index.max_regex_length`. */
const LONGEST = 1000;
/** Lucene writes a counted repetition out, so it would grow with the count. */
const MOST_REPEATS = 50;
const DEEPEST = 50;

class Untranslatable extends Error {}

type Range = [from: number, to: number];

const SHORTHAND: Record<string, Range[]> = {
  d: [[48, 57]],
  w: [
    [48, 57],
    [65, 90],
    [95, 95],
    [97, 122],
  ],
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
};

const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7 };

class Translator {
  private readonly points: string[];
  private at = 0;
  private depth = 0;

  constructor(private readonly regex: { source: string; ignoreCase: boolean; multiline: boolean; dotAll: boolean }) {
    this.points = Array.from(regex.source);
  }

  /** Alternatives at the top may be anchored, each for itself; anchors anywhere else are not translated. */
  whole(): string {
    const alternatives: string[] = [];
    do {
      const fromStart = this.anchor('^');
      const body = this.sequence();
      const toEnd = this.anchor('$');
      if (this.at < this.points.length && this.points[this.at] !== '|') throw new Untranslatable();
      alternatives.push(`${fromStart ? '' : '.*'}${body}${toEnd ? '' : '.*'}`);
    } while (this.take('|'));
    return alternatives.map((each) => each || '()').join('|');
  }

  private anchor(sign: '^' | '$'): boolean {
    if (!this.take(sign)) return false;
    if (this.regex.multiline) throw new Untranslatable();
    return true;
  }

  private sequence(): string {
    let text = '';
    for (;;) {
      const next = this.points[this.at];
      if (next === undefined || next === '|' || next === ')' || next === '$') return text;
      text += this.atom(next) + this.quantifier();
    }
  }

  private atom(next: string): string {
    this.at++;
    switch (next) {
      case '(':
        return this.group();
      case '[':
        return this.characterClass();
      case '.':
        return this.regex.dotAll ? '.' : '[^\n]';
      case '\\':
        return this.escape();
      case '^':
      case '*':
      case '+':
      case '?':
      case '{':
        throw new Untranslatable();
      default:
        return this.write(
          [point(next)].map((code) => [code, code]),
          false,
        );
    }
  }

  private group(): string {
    if (++this.depth > DEEPEST) throw new Untranslatable();
    if (this.take('?') && !this.take(':')) throw new Untranslatable();
    const alternatives: string[] = [];
    do alternatives.push(this.sequence() || '()');
    while (this.take('|'));
    if (!this.take(')')) throw new Untranslatable();
    this.depth--;
    return `(${alternatives.join('|')})`;
  }

  private escape(): string {
    const { ranges, negated } = this.escaped();
    return this.write(ranges, negated);
  }

  /** What stands after a backslash, as a class. */
  private escaped(): { ranges: Range[]; negated: boolean } {
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

  private characterClass(): string {
    const negated = this.take('^');
    const ranges: Range[] = [];
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
    return this.write(ranges, negated);
  }

  private member(): Range[] {
    const next = this.points[this.at++];
    if (next === undefined || next === ']' || next === '[') throw new Untranslatable();
    if (next !== '\\') return [[point(next), point(next)]];
    const { ranges, negated } = this.escaped();
    if (negated) throw new Untranslatable();
    return ranges;
  }

  /** A lazy quantifier prefers shorter matches, which does not matter to whether there is one. */
  private quantifier(): string {
    const rest = this.points.slice(this.at, this.at + 12).join('');
    const found = /^(?:[*+?]|\{(\d{1,3})(?:,(\d{0,3}))?\})/.exec(rest);
    if (found === null) return '';
    if (Number(found[1] ?? 0) > MOST_REPEATS || Number(found[2] ?? 0) > MOST_REPEATS) throw new Untranslatable();
    this.at += found[0].length;
    this.take('?');
    return found[0];
  }

  /** A set of code points in Lucene's words, with both cases of its letters where case doesn't matter. */
  private write(ranges: Range[], negated: boolean): string {
    const all = this.regex.ignoreCase ? ranges.flatMap(bothCases) : ranges;
    const [only] = all;
    if (all.length === 1 && only![0] === only![1] && !negated) return character(only![0]);
    const members = all.map(([from, to]) => (from === to ? character(from) : `${character(from)}-${character(to)}`));
    return `[${negated ? '^' : ''}${members.join('')}]`;
  }

  private take(sign: string): boolean {
    if (this.points[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}

/** ASCII only, whose letters have two relatives outside of it: the Kelvin sign and the long s. */
function bothCases([from, to]: Range): Range[] {
  if (to > 127) throw new Untranslatable();
  const result: Range[] = [[from, to]];
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

/** A backslash before a letter or digit would mean something; before any other sign it means that sign. */
function character(code: number): string {
  const text = String.fromCodePoint(code);
  return code < 128 && code > 32 && !/[0-9A-Za-z]/.test(text) ? `\\${text}` : text;
}
