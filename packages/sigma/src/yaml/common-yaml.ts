import { CHOMPING_MODE, EVENT_ID, getScalarValue, NOT_RESOLVED, SCALAR_STYLE } from 'js-yaml';
import { SCALAR_TAGS } from './yaml-schema';

/** Tabs, CR, control characters, byte order marks and all beyond the first plane: rare, and YAML has rules for each. */
const UNUSUAL = /[^\n -~\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** Far below `MAX_DEPTH`, so that this never has to be reported here. */
const MAX_LEVELS = 16;

const KEY = /(?:[A-Za-z_][^\n:#]*|'[^'\n]*'|"[^"\\\n]*"):(?=[ \n]|$)/y;
const BLOCK_HEADER = /([|>])([-+]?) *\n/y;
/** What a plain scalar begins with that may be no text, in any of the core schema's tags. */
const PERHAPS_NO_TEXT = /^[-+.~0-9nNtTfF]/;
const NO_PLAIN_START = /[ \n,[\]{}#&*!|>'"%@`?:]/;

const DECLINED = new Error('not of the common kind');

/**
 * Reads what nearly every rule is written in, several times as fast as a whole parser of YAML: one document, a map, of block
 * maps and lists with scalars on one line or in blocks. Gives what `parseYaml` gives for it, or `null`: for any other text,
 * and for every text that has something to be reported.
 *
 * It is there for its speed alone: 3,757 rules are read, checked and compiled in two thirds of the time. Whatever is in doubt is declined,
 * never guessed, and its test holds it against the whole parser on random and on real texts; `parseYaml` says the same without it.
 */
export function readCommonYaml(text: string): Record<string, unknown> | null {
  if (UNUSUAL.test(text)) return null;
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error === DECLINED) return null;
    throw error;
  }
}

function decline(): never {
  throw DECLINED;
}

class Reader {
  /** Where reading goes on: the first character of a line, after its indentation, wherever a node has been read. */
  private at = 0;
  /** Of the line that is to be read next; -1 at the end. */
  private indent = -1;
  private levels = 0;

  constructor(private readonly text: string) {
    this.toLine(0);
  }

  document(): Record<string, unknown> {
    const key = this.indent === 0 ? this.key() : null;
    if (key === null) decline();
    const map = this.map(0, key);
    return this.indent === -1 ? map : decline();
  }

  private map(indent: number, first: string): Record<string, unknown> {
    if (++this.levels > MAX_LEVELS) decline();
    const map: Record<string, unknown> = {};
    for (
      let key: string | null = first;
      key !== null;
      key = this.indent === indent ? (this.key() ?? decline()) : null
    ) {
      if (key === '__proto__' || Object.hasOwn(map, key)) decline();
      map[key] = this.value(indent);
    }
    if (this.indent > indent) decline();
    this.levels--;
    return map;
  }

  /** Reads a key with its colon; `null`, and nothing is read, where no key stands. */
  private key(): string | null {
    const { text, at } = this;
    KEY.lastIndex = at;
    if (!KEY.test(text)) return null;
    this.at = KEY.lastIndex;
    const quote = text[at];
    if (quote === "'" || quote === '"') return text.slice(at + 1, this.at - 2);
    const key = text.slice(at, this.at - 1);
    return key.endsWith(' ') || resolved(key) !== key ? decline() : key;
  }

  /** What stands behind a key's colon. */
  private value(parent: number): unknown {
    this.skipSpaces();
    if (!this.lineIsOver()) return this.scalar(parent);
    this.toLine(this.lineEnd() + 1);
    if (this.indent < parent) return null;
    if (this.isItem()) return this.list(this.indent);
    if (this.indent === parent) return null;
    const key = this.key();
    return key === null ? this.scalar(parent) : this.map(this.indent, key);
  }

  private list(indent: number): unknown[] {
    if (++this.levels > MAX_LEVELS) decline();
    const list: unknown[] = [];
    do {
      const start = this.at++;
      this.skipSpaces();
      if (this.lineIsOver() || this.isItem()) decline();
      const column = indent + this.at - start;
      const key = this.key();
      list.push(key === null ? this.scalar(indent) : this.map(column, key));
    } while (this.indent === indent && this.isItem());
    this.levels--;
    return list;
  }

  /** Reads a scalar of a node whose parent stands at this column, with the rest of its last line. */
  private scalar(parent: number): unknown {
    const { text, at } = this;
    switch (text[at]) {
      case "'":
        return this.quoted("'").replaceAll("''", "'");
      case '"':
        return this.quoted('"');
      case '|':
      case '>':
        return this.block(parent);
      default:
        return this.plain(parent);
    }
  }

  private quoted(quote: string): string {
    const { text } = this;
    const start = this.at + 1;
    let end = text.indexOf(quote, start);
    while (quote === "'" && end >= 0 && text[end + 1] === quote) end = text.indexOf(quote, end + 2);
    if (end < 0) decline();
    const value = text.slice(start, end);
    if (value.includes('\n') || (quote === '"' && value.includes('\\'))) decline();
    this.at = end + 1;
    this.skipSpaces();
    if (!this.lineIsOver() || (text[this.at] === '#' && this.at === end + 1)) decline();
    this.toLine(this.lineEnd() + 1);
    return value;
  }

  private plain(parent: number): unknown {
    if (this.isItem() || NO_PLAIN_START.test(this.text[this.at]!)) decline();
    const line = this.text.slice(this.at, this.lineEnd());
    const comment = line.indexOf(' #');
    let end = comment < 0 ? line.length : comment;
    while (line.charCodeAt(end - 1) === 32) end--;
    const value = line.slice(0, end);
    if (value.includes(': ') || value.endsWith(':')) decline();
    this.toLine(this.at + line.length + 1);
    if (this.indent > parent) decline();
    return resolved(value);
  }

  private block(parent: number): string {
    const { text } = this;
    BLOCK_HEADER.lastIndex = this.at;
    const [, style, chomping] = BLOCK_HEADER.exec(text) ?? decline();
    const start = BLOCK_HEADER.lastIndex;
    let end = start;
    let indent = -1;
    while (end < text.length) {
      let first = end;
      while (text.charCodeAt(first) === 32) first++;
      const blank = text.charCodeAt(first) === 10;
      if (first === text.length || (blank && indent < 0)) decline();
      if (indent < 0) indent = first - end;
      if (!blank && first - end < indent) break;
      this.at = first;
      end = Math.min(text.length, this.lineEnd() + 1);
    }
    if (indent <= parent) decline();
    this.toLine(end);
    return getScalarValue(text, {
      type: EVENT_ID.SCALAR,
      style: style === '|' ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK,
      valueStart: start,
      valueEnd: end,
      indent,
      chomping: chomping === '-' ? CHOMPING_MODE.STRIP : chomping === '+' ? CHOMPING_MODE.KEEP : CHOMPING_MODE.CLIP,
      anchorStart: -1,
      anchorEnd: -1,
      tagStart: -1,
      tagEnd: -1,
      fast: false,
    });
  }

  /** Whether `- ` stands here. */
  private isItem(): boolean {
    const { text, at } = this;
    if (text.charCodeAt(at) !== 45) return false;
    const next = text.charCodeAt(at + 1);
    return next === 32 || next === 10 || at + 1 === text.length;
  }

  /** Whether only a comment follows, or nothing. */
  private lineIsOver(): boolean {
    const next = this.text.charCodeAt(this.at);
    return next === 10 || next === 35 || this.at === this.text.length;
  }

  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  private skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === 32) this.at++;
  }

  /** Goes to the first line from this one on that is neither blank nor a comment. */
  private toLine(start: number): void {
    while (start < this.text.length) {
      this.at = start;
      this.skipSpaces();
      this.indent = this.at - start;
      if (!this.lineIsOver()) return;
      start = this.lineEnd() + 1;
    }
    this.at = this.text.length;
    this.indent = -1;
  }
}

/** The value of a plain scalar. One whose text can't be told from it again, such as `010` of a number, is not of the common kind. */
function resolved(text: string): unknown {
  if (!PERHAPS_NO_TEXT.test(text)) return text;
  for (const tag of SCALAR_TAGS) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value === NOT_RESOLVED) continue;
    return value === null || String(value) === text ? value : decline();
  }
  return text;
}
