import type { PatternPart } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../target';

/** Characters of a text constant that are written otherwise; the language's escapes are those of C#. */
const ESCAPED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text as a constant of KQL. Control characters and line separators are written as their numbers. Throws `NotExportable` for half a character. */
export function text(value: string): string {
  if (/\p{Surrogate}/u.test(value))
    throw new NotExportable('It looks for half a character, which no text of Kusto has.');
  const body = value.replace(
    /["\\\n\r\t]|[\p{Cc}\u2028\u2029]/gu,
    (character) => ESCAPED[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${body}"`;
}

/** A double as a constant. */
export function real(value: number): string {
  return value < 0 ? `(-real(${-value}))` : `real(${value})`;
}

/** Words of types, operators and their parts, which are written in brackets where a column has one as its name: not every parser takes them otherwise. */
const WORDS = new Set(
  (
    'to bool boolean date datetime decimal double dynamic guid int long real string time timespan uuid and or not in by on of has contains between true false null ' +
    'where let with from step kind limit take top sort order asc desc nulls first last count distinct extend project summarize union join lookup range print parse ' +
    'search find fork facet render sample serialize set scan as default pattern declare database cluster access all alias'
  ).split(' '),
);

/** The name of a column or of a step as the language takes it. */
export function identifier(name: string): string {
  return WORDS.has(name) || !/^[A-Za-z_]\w*$/.test(name) ? `[${text(name)}]` : name;
}

/** A pattern of literals, `*` and `?` as a regular expression of RE2 over a whole text. */
export function wholePattern(parts: readonly PatternPart[]): string {
  const body = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    return part.wild === 'any' ? '.*' : '.';
  });
  return `^${body.join('')}$`;
}

/** A query built of named steps, each of which reads those before it. */
export class LetSteps {
  private readonly lines: string[] = [];
  private readonly counts = new Map<string, number>();

  /** Adds a step and gives its name: the first of a kind is called by that, the others with a number behind. */
  add(kind: string, query: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const name = count === 1 ? kind : `${kind}${count}`;
    this.lines.push(`let ${name} = ${query};`);
    return name;
  }

  /** The steps with what they end in. */
  close(query: string): string {
    return [...this.lines, query].join('\n');
  }
}

/** Whether neighbouring rows have the same values in some columns: `prev` looks back, `next` forward. */
export function same(columns: readonly string[], side: 'prev' | 'next'): string {
  return columns.map((column) => `${column} == ${side}(${column})`).join(' and ');
}

/** Sorts by columns, the first weighing most. */
export function sorted(columns: readonly string[]): string {
  return `| sort by ${columns.map((column) => `${column} asc`).join(', ')}`;
}
