import { harmless } from '../../../foundation/content/harmless';

/** A piece of HTML that is safe to put into a page: only `markup` makes it of texts. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template takes: texts are escaped, pieces are not, and nothing is written for `null` and `false`. */
export type Piece = Html | string | number | null | false | readonly Piece[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML has it, in elements and in quoted attributes; control characters and what reorders letters are shown as escapes. */
export function escapeHtml(text: string): string {
  return harmless(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * A template in which every value is escaped, wherever it comes from, unless it was made by a template itself. How its source is indented is no
 * part of it.
 */
export function markup(parts: TemplateStringsArray, ...values: Piece[]): Html {
  const texts = parts.map((part, place) => {
    const value = place < values.length ? textOf(values[place]!) : '';
    return part.replace(/\n\s*/g, '\n') + value;
  });
  return new Html(texts.join(''));
}

function textOf(content: Piece): string {
  if (content === null || content === false) return '';
  if (content instanceof Html) return content.text;
  if (typeof content === 'object') return content.map(textOf).join('');
  return escapeHtml(String(content));
}
