import type { DiagnosticCode } from '../diagnostics/diagnostic';
import { base64, base64Offsets, utf16, utf8, utf8Text } from './encoding';
import { MAX_ALTERNATIVES } from './limits';
import type { Transformation } from './modifiers';
import { literalOf, normalize, parsePattern, withAnyDash, withWildcards, writeDashes, type Draft } from './pattern';
import type { PatternPart } from './plan';

/** Values of `%placeholders%`, each as it would be written in a rule. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/** Why a value can't be transformed. */
export class TransformError extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

type Text = Draft[] | Uint8Array;

/** The modifiers that encode a text; the others take any pattern. */
const ENCODINGS_OF_TEXT: ReadonlySet<Transformation> = new Set([
  'base64',
  'base64offset',
  'wide',
  'utf16',
  'utf16le',
  'utf16be',
] as const);

/**
 * The patterns that a string value stands for after its modifiers, applied in the written order.
 * Throws a `TransformError` for a value that a modifier can't be applied to, and for too many alternatives.
 */
export function transform(
  value: string,
  steps: readonly Transformation[],
  placeholders: Placeholders,
): PatternPart[][] {
  const placeheld = steps.includes('expand');
  let texts: Text[] = [placeheld ? withPlaceholders(value) : parsePattern(value)];
  for (const step of steps) {
    if (ENCODINGS_OF_TEXT.has(step)) texts = texts.flatMap(withWrittenDashes);
    const [only] = texts;
    // Nearly always there is one, and `flatMap` is slow.
    if (only !== undefined && texts.length === 1) texts = apply(step, only, placeholders);
    else texts = texts.flatMap((text) => apply(step, text, placeholders));
    if (texts.length > MAX_ALTERNATIVES) throw tooMany();
  }
  return texts.map((text) => (text instanceof Uint8Array ? normalize([decoded(text)]) : (text as PatternPart[])));
}

/** An encoding needs each of the texts that a pattern with any dash stands for. */
function withWrittenDashes(text: Text): Text[] {
  return text instanceof Uint8Array ? [text] : (writeDashes(text, MAX_ALTERNATIVES) ?? fail(tooMany()));
}

function apply(step: Transformation, text: Text, placeholders: Placeholders): Text[] {
  switch (step) {
    case 'contains':
      return [withWildcards(pattern(text), true, true)];
    case 'startswith':
      return [withWildcards(pattern(text), false, true)];
    case 'endswith':
      return [withWildcards(pattern(text), true, false)];
    case 'windash':
      return [withAnyDash(pattern(text))];
    case 'expand':
      return expanded(pattern(text), placeholders);
    case 'base64':
      return [[base64(bytes(text, step))]];
    case 'base64offset':
      return base64Offsets(bytes(text, step)).map((variant) => normalize([variant]));
    case 'wide':
    case 'utf16':
    case 'utf16le':
    case 'utf16be':
      return [utf16(plain(text, step), step)];
  }
}

/** The parts of a value under `expand`: what stands around its placeholders is read like any string. */
function withPlaceholders(value: string): Draft[] {
  return splitPlaceholders(value).flatMap((piece): Draft[] =>
    'name' in piece ? [{ placeholder: piece.name }] : piece.verbatim ? [piece.text] : parsePattern(piece.text),
  );
}

/** Each placeholder replaced by each of its values. */
function expanded(parts: readonly Draft[], placeholders: Placeholders): PatternPart[][] {
  let results: PatternPart[][] = [[]];
  for (const part of parts) {
    const choices =
      typeof part === 'object' && 'placeholder' in part
        ? valuesOf(part.placeholder, placeholders).map(parsePattern)
        : [[part]];
    if (results.length * choices.length > MAX_ALTERNATIVES) throw tooMany();
    results = results.flatMap((head) => choices.map((tail) => [...head, ...tail]));
  }
  return results.map((each) => normalize(each));
}

/** As `expanded`, for the text of a regular expression or a network. */
export function expandText(text: string, placeholders: Placeholders): string[] {
  let results = [''];
  for (const piece of splitPlaceholders(text)) {
    const choices = 'name' in piece ? valuesOf(piece.name, placeholders) : [piece.text];
    if (results.length * choices.length > MAX_ALTERNATIVES) throw tooMany();
    results = results.flatMap((head) => choices.map((tail) => head + tail));
  }
  return results;
}

/** The names of the placeholders in a text. */
export function placeholdersIn(text: string): string[] {
  return splitPlaceholders(text).flatMap((piece) => ('name' in piece ? [piece.name] : []));
}

type Piece = { name: string } | { text: string; verbatim: boolean };

/** `\%` is a plain per cent sign; the second of two backslashes takes no meaning from a placeholder after it. */
function splitPlaceholders(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(/\\\\|\\%|%([\w-]+)%/g)) {
    if (found[0] === '\\\\') continue;
    pieces.push({ text: text.slice(end, found.index), verbatim: false });
    pieces.push(found[1] === undefined ? { text: '%', verbatim: true } : { name: found[1] });
    end = found.index + found[0].length;
  }
  return [...pieces, { text: text.slice(end), verbatim: false }];
}

function valuesOf(name: string, placeholders: Placeholders): readonly string[] {
  const values = Object.hasOwn(placeholders, name) ? placeholders[name]! : [];
  if (values.length > 0) return values;
  throw new TransformError(
    'unresolved-placeholder',
    `the placeholder '%${name}%' has no value`,
    'write the values themselves in the rule',
  );
}

function pattern(text: Text): Draft[] {
  return text instanceof Uint8Array ? [decoded(text)] : text;
}

function plain(text: Text, step: string): string {
  const literal = text instanceof Uint8Array ? decoded(text) : literalOf(text);
  if (literal !== null) return literal;
  throw new TransformError(
    'wildcard-in-encoding',
    `'${step}' can't encode a wildcard`,
    `write '\\*' for an asterisk, or put 'contains' after '${step}'`,
  );
}

function bytes(text: Text, step: string): Uint8Array {
  return text instanceof Uint8Array ? text : utf8(plain(text, step));
}

function decoded(text: Uint8Array): string {
  return (
    utf8Text(text) ??
    fail(
      new TransformError(
        'encoding-needs-base64',
        'these UTF-16 bytes are not text by themselves',
        "follow the modifier with 'base64' or 'base64offset'",
      ),
    )
  );
}

function tooMany(): TransformError {
  return new TransformError(
    'too-large',
    `the value expands to more than ${MAX_ALTERNATIVES} alternatives`,
    'split it, or use a shorter one',
  );
}

function fail(error: TransformError): never {
  throw error;
}
