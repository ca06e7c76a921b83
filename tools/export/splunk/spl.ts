import type { PatternPart } from '@tollgate/sigma/rules/plan';
import { NotExportable } from '../target';

/**
 * What stands in a constant as it is: it means nothing to SPL, to macros, to tokens of dashboards and alerts, or to a `.conf` file, where it stands in quotes.
 */
const PLAIN = /^[A-Za-z0-9 _.,:;=<>/@#&(){}[\]^?*|!~+%-]*$/;

/**
 * A text as a constant of SPL. Whatever has a character beyond the plain ones is written percent-encoded, as an argument of `urldecode`
 * (https://help.splunk.com/splunk-enterprise/spl-search-reference/10.0/evaluation-functions/text-functions), so that no backslash, quote, backtick,
 * `$`, `%` or line break is ever in a search. Throws `NotExportable` for half a character.
 */
export function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new NotExportable('It looks for half a character, which no text has.');
  if (value.includes('\0')) throw new NotExportable('It looks for the character 0, which ends a text of Splunk.');
  if (PLAIN.test(value)) return `"${value}"`;
  const encoded = encodeURIComponent(value).replace(/[!'()*~]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `urldecode("${encoded}")`;
}

/** A number as a constant; a negative one as a difference, since not every reader takes a sign. */
export function number(value: number): string {
  const digits = Math.abs(value).toString();
  const written = digits.includes('e') ? Math.abs(value).toFixed(20) : digits;
  return value < 0 ? `(0 - ${written})` : written;
}

/** Words that no field may be called, where it stands without quotes. */
const WORDS = new Set('and or not xor in like by as over where true false null output outputnew'.split(' '));

/** The name of a field that stands without quotes anywhere. Throws `NotExportable` for one that can't. */
export function identifier(name: string): string {
  if (/^[A-Za-z]\w*$/.test(name) && !WORDS.has(name.toLowerCase())) return name;
  throw new NotExportable(`Splunk takes no field ${name} without quotes.`);
}

/** Whether a value is like a pattern of literals, `*` and `?`. */
export function matches(value: string, parts: readonly PatternPart[], cased: boolean): string {
  const [first] = parts;
  if (parts.length === 0) return `${value}=""`;
  if (parts.length === 1 && typeof first === 'string' && (cased || isAscii(first)))
    return cased ? `${value}=${text(first)}` : `lower(${value})=${text(first.toLowerCase())}`;
  return `match(${value}, ${text(wholePattern(parts, cased))})`;
}

/**
 * A pattern as a regular expression of PCRE over a whole text, without a backslash or `$`. What ends a text is that nothing follows, since `$` would match before a
 * line break. Letters beyond ASCII stand with their capitals, as not every build of PCRE folds them.
 */
export function wholePattern(parts: readonly PatternPart[], cased: boolean): string {
  const isAny = (part: PatternPart | undefined) => typeof part === 'object' && part.wild === 'any';
  const opens = isAny(parts[0]);
  const ends = parts.length > 1 && isAny(parts.at(-1));
  const body = parts.slice(opens ? 1 : 0, ends ? -1 : undefined).map((part) => {
    if (typeof part === 'string') return literal(part, cased);
    return part.wild === 'any' ? '.*' : '.';
  });
  return `(?${cased ? '' : 'i'}s)${opens ? '' : '^'}${body.join('')}${ends ? '' : '(?!.)'}`;
}

/** A text as a part of a regular expression; what means something there stands alone in brackets. */
export function literal(value: string, cased: boolean): string {
  return [...value]
    .map((character) => {
      if ('^\\]}'.includes(character)) return `\\${character}`;
      if ('.*+?()[{}|$'.includes(character)) return `[${character}]`;
      const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
      return cased || isAscii(character) || lower === upper ? character : `(?:${lower}|${upper})`;
    })
    .join('');
}

function isAscii(value: string): boolean {
  return /^[\0-\x7f]*$/.test(value);
}

/** Orders rows by texts and then by numbers, whatever the texts look like. */
export function sorted(texts: readonly string[], numbers: readonly string[]): string {
  return `| sort 0 ${[...texts.map((name) => `str(${name})`), ...numbers.map((name) => `num(${name})`)].join(' ')}`;
}

/** A field of the row before of the same group, in rows that are sorted by the group; null in its first row. */
export function ofRowBefore(field: string, as: string, group: readonly string[]): string {
  return `| streamstats current=f window=1 global=f last(${field}) AS ${as} BY ${group.join(' ')}`;
}
