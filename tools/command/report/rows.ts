import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import type { DetectorResult, Verdict } from '../../evidence/replay/result';
import { shortNames } from './short-names';
import { cut, fold, padEnd, padStart, widthOf } from './width';
import { figures } from './words';

export const MARKS: Record<Verdict, string> = {
  pass: pc.green('✔'),
  'no-budget': pc.yellow('◌'),
  'not-proven': pc.cyan('○'),
  'not-tested': pc.yellow('–'),
  fail: pc.red('✘'),
};

const GAP = '  ';
const MARK = `✔${GAP}`.length;
/** How far in the lines below a name are. */
export const INDENT = '    ';
/** The headings of `figures`, about as short as their values. */
const HEADS = ['caught', 'blind', 'benign a day', 'nearest', 'first alert', 'lost'];
/** Where less than this is left of a title, it is left out. */
const FEWEST_OF_TITLE = 8;

/**
 * The rows of a table of rules or queries on a terminal of so many columns: name, title and figures on one line; the figures
 * below where they do not fit beside the names; and each with its heading where they do not fit on a line. Only titles are cut.
 */
export class Rows {
  private readonly names: Map<DetectorResult, string>;
  private readonly widths: number[];
  private readonly shape: 'one line' | 'two lines' | 'list';
  /** What a name and its title have. */
  private readonly room: number;

  constructor(
    results: DetectorResult[],
    private readonly columns: number,
  ) {
    const names = shortNames(results.map(({ path }) => path)).map(harmless);
    this.names = new Map(results.map((result, index) => [result, names[index]!]));
    const values = results.map(figures);
    this.widths = HEADS.map((head, i) => Math.max(head.length, ...values.map((one) => widthOf(one[i]!))));
    const all = this.widths.reduce((sum, width) => sum + GAP.length + width, 0);
    const beside = columns - MARK - all;
    const isOneLine = Math.max(...names.map(widthOf)) <= beside;
    this.shape = isOneLine ? 'one line' : INDENT.length + all - GAP.length <= columns ? 'two lines' : 'list';
    const widest = Math.max(...results.map(({ name }, i) => widthOf(`${names[i]}${GAP}${harmless(name)}`)));
    this.room = isOneLine ? Math.min(beside, widest) : columns - MARK;
  }

  /** The heading of a table, and those of its columns. */
  head(title: string): string[] {
    const line = this.line(HEADS);
    if (this.shape === 'one line') return [pc.bold(' '.repeat(MARK) + padEnd(title, this.room) + GAP + line)];
    return [pc.bold(title), ...(this.shape === 'two lines' ? [pc.bold(INDENT + line)] : [])];
  }

  row(result: DetectorResult): string[] {
    const mark = MARKS[result.verdict] + GAP;
    const name = this.names.get(result)!;
    const left = this.room - widthOf(name) - GAP.length;
    const named = left < FEWEST_OF_TITLE ? name : `${name}${GAP}${pc.dim(cut(harmless(result.name), left))}`;
    const values = figures(result);
    if (this.shape === 'one line') return [mark + padEnd(named, this.room) + GAP + this.line(values)];
    const first = widthOf(name) <= this.room ? [mark + named] : fold(mark, name, this.columns);
    if (this.shape === 'two lines') return [...first, INDENT + this.line(values)];
    const list = HEADS.map((head, i) => `${head} ${values[i]!}`).join(', ');
    return [...first, ...fold(INDENT, list, this.columns)];
  }

  private line(values: string[]): string {
    return values.map((value, i) => padStart(value, this.widths[i]!)).join(GAP);
  }
}
