import { harmless } from './harmless';

/** Characters that begin or end markup anywhere in a line; a backslash takes that from them. */
const MARKS = /[\\|`*_[\]<>~]/g;
/** What a parser takes for a link, or for a character's name, although no mark is around it. */
const FOUND = [/(?<=https?|ftp|mailto|xmpp)(:)/gi, /(?<=www)(\.)/gi, /(?<=[\w.+-])(@)/g, /(&)(?=#?\w{1,40};)/g];
/** What begins a heading, a list or a rule at the beginning of a line, and a command to GitHub's runners. */
const BEGINS = /^(\d*)(?=(?:#{1,6}|[-+]|[.)])(?:\s|$)|[-=][-=\s]*$|::|##)/;

/**
 * A text that somebody else wrote, as Markdown that shows just this text, in a line, a heading, a link's text or a table's cell:
 * no markup, no HTML, no link, and in one line.
 */
export function plain(text: string): string {
  // Some parsers take an escaped bracket for one before a parenthesis.
  const line = harmlessLine(text)
    .replace(MARKS, '\\$&')
    .replace(/\](?=\()/g, ']\\');
  const alone = FOUND.reduce((all, found) => all.replace(found, '\\$1'), line);
  return alone.replace(BEGINS, '$1\\');
}

/** The text as code in a line; also in a table's cell, where a bar would end it. */
export function code(text: string): string {
  const line = harmlessLine(text);
  if (line === '') return '';
  const fence = '`'.repeat(longest(line) + 1);
  const gap = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${gap}${line.replaceAll('|', '\\|')}${gap}${fence}`;
}

/** The text as a block of code. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longest(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A link to a file or a page of the repository: its path can't end the link, nor lead out of where it stands. */
export function link(text: string, path: string): string {
  const target = harmless(path).replace(/[^\w./~#-]/gu, (character) =>
    encodeURIComponent(character).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`),
  );
  return `[${plain(text)}](${target})`;
}

/** An address of the web as a link that shows it; anything else as text. */
export function address(url: string): string {
  return /^https?:\/\/[^\s<>\p{C}]+$/u.test(url) ? `<${url}>` : plain(url);
}

/** HTML but for addresses, links that don't lead to a page or a file, and definitions of links. */
const HARMFUL = /<(?!https?:\/\/[^\s<>]+>)|\](?=:|\((?!https?:\/\/|[\w./#-]+\)))/gi;

const ESCAPED = /\\[<[\]]/;

/** Markdown of an author, in which HTML, and links that run something, are text. */
export function prose(markdown: string): string {
  return markdown.split('\n').map(proseLine).join('\n');
}

/** Code stands as it is: from a run of backticks to the next one of as many. */
function proseLine(line: string): string {
  const parts = line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => (one === '\t' ? one : harmless(one))).split(/(\\.|`+)/);
  const last = new Map(parts.map((part, index) => [part, index]));
  let open: string | null = null;
  return parts
    .map((part, index) => {
      if (open !== null) {
        if (part === open) open = null;
        return part;
      }
      if (part.startsWith('`') && last.get(part)! > index) open = part;
      return part.replace(part.startsWith('\\') ? ESCAPED : HARMFUL, asText);
    })
    .join('');
}

/** A backslash would become part of a link that ends there, and one that is there already may be. */
function asText(mark: string): string {
  return mark.replace(/\\?([<[\]])/, (_, character: string) => `&#${character.charCodeAt(0)};`);
}

/** Runs of blanks and line ends are one blank, as Markdown shows them. */
function harmlessLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, harmless);
}

function longest(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
