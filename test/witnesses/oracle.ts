/**
 * A naive evaluator of raw Sigma detections, written from the specification and from `packages/sigma/docs/semantics.md`. It shares no code
 * with `tools/`, lowers nothing and is slow on purpose, so that a mistake in the real one can't hide in both.
 */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };

/** Whether an event satisfies a `detection` section. Throws for what it does not know. */
export function oracle(
  detection: Record<string, Json>,
  event: Record<string, Json>,
  placeholders: Record<string, string[]> = {},
): boolean {
  placeholderValues = placeholders;
  const names = Object.keys(detection).filter((name) => name !== 'condition');
  const truth = Object.fromEntries(names.map((name) => [name, selection(detection[name]!, event)]));
  const conditions = [detection['condition']].flat() as string[];
  return conditions.some((text) => condition(text, truth));
}

let placeholderValues: Record<string, string[]> = {};

/** Evaluates by rewriting the text: quantifiers, names, then the innermost parentheses until one letter is left. */
function condition(text: string, truth: Record<string, boolean>): boolean {
  let rest = text.replace(/\b(1|all) of (\S*?)(?=[\s)]|$)/g, (_, quantifier: string, pattern: string) => {
    const regex = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
    const chosen = Object.keys(truth).filter((name) =>
      pattern === 'them'
        ? !name.startsWith('_')
        : regex.test(name) && (pattern.startsWith('_') || !name.startsWith('_')),
    );
    const met = chosen.filter((name) => truth[name]).length;
    return (quantifier === '1' ? met > 0 : met === chosen.length) ? 'T' : 'F';
  });
  rest = rest.replace(/[\w-]+/g, (word) =>
    ['and', 'or', 'not', 'T', 'F'].includes(word) ? word : truth[word]! ? 'T' : 'F',
  );
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\(([^()]*)\)/g, (_, inner: string) => (flat(inner) ? 'T' : 'F'));
  }
  return flat(rest);
}

function flat(text: string): boolean {
  return text.split(/\bor\b/).some((part) =>
    part.split(/\band\b/).every((factor) => {
      const nots = factor.match(/\bnot\b/g)?.length ?? 0;
      return factor.includes('T') !== (nots % 2 === 1);
    }),
  );
}

function selection(value: Json, event: Record<string, Json>): boolean {
  if (Array.isArray(value)) return value.some((each) => selection(each, event));
  if (value === null || typeof value !== 'object') return item('', value, event);
  return Object.entries(value).every(([key, each]) => item(key, each, event));
}

function item(key: string, value: Json, event: Record<string, Json>): boolean {
  const [field, ...modifiers] = key.split('|');
  const results = (Array.isArray(value) ? value : [value]).map((each) => single(field!, each, modifiers, event));
  const joined = modifiers.includes('all') ? results.every(Boolean) : results.some(Boolean);
  return joined !== modifiers.includes('neq');
}

function single(field: string, value: Json, modifiers: string[], event: Record<string, Json>): boolean {
  const has = (name: string) => modifiers.includes(name);
  const values = field === '' ? everyText(event) : lookUp(event, field.split('.'));
  const part = ['minute', 'hour', 'day', 'week', 'month', 'year'].find(has);
  if (has('exists')) return lookUpRaw(event, field.split('.')).length > 0 === value;
  if (part) return values.some((each) => ordered(timePart(each, part), Number(value), modifiers));
  if (has('lt') || has('lte') || has('gt') || has('gte'))
    return values.some((each) => ordered(toNumber(each), toNumber(value)!, modifiers));
  if (has('cidr')) {
    const networks = has('expand') ? expansions(value as string) : [value as string];
    return values.some((each) => typeof each === 'string' && networks.some((network) => inNetwork(each, network)));
  }
  if (has('re')) {
    const sources = has('expand') ? expansions(text(value)!) : [text(value)!];
    return sources.some((source) => {
      const regex = regexOf(source, modifiers);
      return values.some((each) => text(each) !== null && regex.test(text(each)!));
    });
  }
  const caseOf = (each: string) => (has('cased') ? each : fold(each));
  if (has('fieldref')) {
    const others = lookUp(event, (value as string).split('.'))
      .map(text)
      .filter((each) => each !== null);
    return values.some(
      (each) =>
        text(each) !== null &&
        others.some((other) => {
          const [a, b] = [caseOf(text(each)!), caseOf(other)];
          if (has('startswith')) return a.startsWith(b);
          if (has('endswith')) return a.endsWith(b);
          return has('contains') ? a.includes(b) : a === b;
        }),
    );
  }
  if (value === null) return !values.some(hasScalar);
  const textual = field === '' || modifiers.some((each) => !['all', 'neq', 'cased'].includes(each));
  if ((typeof value === 'number' || typeof value === 'bigint') && !textual)
    return values.some((each) => text(each) === `${value}`);
  if (typeof value === 'boolean' && !textual)
    return values.some((each) => each === value || (typeof each === 'string' && fold(each) === `${value}`));
  const anywhere = field === '' && !has('startswith') && !has('endswith') && !has('contains');
  return variants(value as string, modifiers).some((tokens) => {
    const wanted: Token[] = (anywhere ? [0 as const, ...tokens, 0 as const] : tokens).map((token) =>
      typeof token === 'string' ? caseOf(token) : token,
    );
    return values.some((each) => text(each) !== null && like(pointsOf(caseOf(text(each)!)), wanted));
  });
}

/** A code point of a pattern; 0 for `*`, 1 for `?`, 2 for any of the dashes. */
type Token = string | 0 | 1 | 2;

const DASHES = ['-', '/', '–', '—', '―'];
const isDash = (token: Token | undefined): boolean => DASHES.includes(token as string);
const ENCODINGS = ['wide', 'utf16', 'utf16le', 'utf16be', 'base64', 'base64offset'];

/** The tokens of a value after its modifiers in their order; several where it has alternatives. */
function variants(value: Json, modifiers: string[]): Token[][] {
  const raws = modifiers.includes('expand') ? expansions(text(value)!) : [text(value)!];
  return raws.flatMap((raw) => transformed(raw, modifiers));
}

/** A value with every placeholder written out, each combination once. */
function expansions(raw: string): string[] {
  const found = /^((?:\\[^]|[^\\%]|%(?![\w-]+%))*)%([\w-]+)%/.exec(raw);
  if (found === null) return [raw.replaceAll(/\\([\\%])/g, (all, sign) => (sign === '%' ? '%' : all))];
  const head = found[1]!.replaceAll(/\\([\\%])/g, (all, sign) => (sign === '%' ? '%' : all));
  const tails = expansions(raw.slice(found[0].length));
  return placeholderValues[found[2]!]!.flatMap((each) => tails.map((tail) => head + each + tail));
}

function transformed(raw: string, modifiers: string[]): Token[][] {
  const tokens = [
    ...raw.replaceAll(/\\([\\*?])|([*?])/g, (_, escaped?: string, wild?: string) =>
      escaped ? String.fromCodePoint(0x100000 + escaped.codePointAt(0)!) : wild === '*' ? '\u{10fffe}' : '\u{10ffff}',
    ),
  ].map((each) => {
    const point = each.codePointAt(0)!;
    if (point >= 0x10fffe) return point === 0x10fffe ? 0 : 1;
    return point >= 0x100000 ? String.fromCodePoint(point - 0x100000) : each;
  });
  let all: Token[][] = [tokens];
  for (const modifier of modifiers) {
    if (modifier === 'contains') all = all.map((each) => [0, ...each, 0]);
    if (modifier === 'startswith') all = all.map((each) => [...each, 0]);
    if (modifier === 'endswith') all = all.map((each) => [0, ...each]);
    if (modifier === 'windash') all = all.map((each) => each.map((token) => (isDash(token) ? 2 : token)));
    if (ENCODINGS.includes(modifier)) {
      all = all.flatMap((each) =>
        each.reduce<Token[][]>(
          (heads, token) =>
            heads.flatMap((head) => (token === 2 ? DASHES : [token]).map((choice) => [...head, choice])),
          [[]],
        ),
      );
    }
    if (modifier === 'wide' || modifier === 'utf16le') all = all.map((each) => each.flatMap((token) => [token, '\0']));
    if (modifier === 'utf16be') all = all.map((each) => each.flatMap((token) => ['\0', token]));
    if (modifier === 'utf16') all = all.map((each) => ['\xff', '\xfe', ...each.flatMap((token) => [token, '\0'])]);
    if (modifier === 'base64') all = all.map((each) => [...btoa(each.join(''))]);
    if (modifier === 'base64offset') {
      all = all.flatMap((each) =>
        [0, 1, 2].map((offset) => {
          const encoded = btoa('\0'.repeat(offset) + each.join('')).replaceAll('=', '');
          const spoilt = (each.length + offset) % 3 === 0 ? 0 : 1;
          return [...encoded.slice([0, 2, 3][offset], encoded.length - spoilt)];
        }),
      );
    }
  }
  return all;
}

/** Pattern matching as the textbook has it, by a table of which only the last row is kept. */
function like(data: string[], tokens: Token[]): boolean {
  let row = new Uint8Array(data.length + 1);
  row[0] = 1;
  for (const token of tokens) {
    const next = new Uint8Array(data.length + 1);
    if (token === 0) next[0] = row[0]!;
    for (let i = 1; i <= data.length; i++) {
      if (token === 0) next[i] = next[i - 1]! | row[i]!;
      else if (row[i - 1] === 1 && (token === 1 || token === data[i - 1] || (token === 2 && isDash(data[i - 1]))))
        next[i] = 1;
    }
    row = next;
  }
  return row[data.length] === 1;
}

const points = new Map<string, string[]>();

function pointsOf(value: string): string[] {
  const known = points.get(value) ?? [...value];
  points.set(value, known);
  return known;
}

const folded = new Map<string, string>();

function fold(value: string): string {
  const known = folded.get(value) ?? [...value].map((each) => [...each.toLowerCase()][0]).join('');
  folded.set(value, known);
  return known;
}

/** A regular expression of the specification's kind in JavaScript's words: a dot is all but a line feed, lines end there only. */
function regexOf(source: string, modifiers: string[]): RegExp {
  const has = (...names: string[]) => names.some((name) => modifiers.includes(name));
  const inside = source.replace(/^\(\?i\)/, '');
  let inClass = false;
  const translated = inside.replaceAll(/\\x\{(\w+)\}|\\[sS]|\\[^]|[[\].^$]/g, (sign, hex?: string) => {
    if (hex !== undefined) return `\\u{${hex}}`;
    if (sign === '[') inClass = true;
    if (sign === ']') inClass = false;
    if (sign === '\\s' && !inClass) return '[\\t\\n\\f\\r ]';
    if (sign === '\\S' && !inClass) return '[^\\t\\n\\f\\r ]';
    if (inClass) return sign;
    if (sign === '.') return has('s', 'dotall') ? '[^]' : '[^\\n]';
    if (sign === '^' && has('m', 'multiline')) return '(?:^|(?<=\\n))';
    if (sign === '$' && has('m', 'multiline')) return '(?:$|(?=\\n))';
    return sign;
  });
  return new RegExp(translated, has('i', 'ignorecase') || inside !== source ? 'iu' : 'u');
}

function text(value: Json): string | null {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ? `${value as string}` : null;
}

/** Whole numbers without a fraction or an exponent are compared with all their digits. */
function toNumber(value: Json): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'string') return null;
  if (/^-?(0|[1-9]\d{0,299})$/.test(value)) return BigInt(value);
  try {
    const parsed: unknown = value.trim() === value ? JSON.parse(value) : null;
    return typeof parsed === 'number' && Math.abs(parsed) < Infinity ? parsed : null;
  } catch {
    return null;
  }
}

function ordered(left: number | bigint | null, right: number | bigint, modifiers: string[]): boolean {
  if (left === null) return false;
  if (modifiers.includes('lt')) return left < right;
  if (modifiers.includes('lte')) return left <= right;
  if (modifiers.includes('gt')) return left > right;
  return modifiers.includes('gte') ? left >= right : left === right;
}

function timePart(value: Json, part: string): number | null {
  if (typeof value !== 'string') return null;
  // The basic form is the extended one without its separators, and has a time of day.
  const text = value.replace(
    /^(\d{4})(\d\d)(\d\d)([Tt ])(\d\d)(\d\d)(\d\d)?(?![\d:])/,
    (_, year, month, day, t, hour, minute, second) =>
      `${year}-${month}-${day}${t}${hour}:${minute}${second === undefined ? '' : `:${second}`}`,
  );
  const found =
    /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:(?<=:..:..)[.,](\d+))?(?: ?([Zz]|[+-]\d\d(?::?\d\d)?))?)?$/.exec(
      text,
    );
  if (!found) return null;
  // `Date` takes the 30th of February for the 2nd of March.
  const [, day, clock = '00:00', fraction = '0', zone = 'Z'] = found;
  if (Number.isNaN(Date.parse(day!)) || new Date(day!).toISOString().slice(0, 10) !== day) return null;
  // Midnight at the end of a day is written in full.
  if (/^24/.test(clock) && !(clock === '24:00:00' && /^0+$/.test(fraction))) return null;
  const offset = zone
    .toUpperCase()
    .replace(/^(...)$/, '$1:00')
    .replace(/^(...)(\d\d)$/, '$1:$2');
  const date = new Date(`${day}T${clock}${offset}`);
  if (Number.isNaN(date.getTime())) return null;
  if (part === 'week') {
    // Counts the Thursdays of this week's year up to this week's own.
    const thursday = new Date(date.getTime());
    while (thursday.getUTCDay() !== 4)
      thursday.setUTCDate(thursday.getUTCDate() + (thursday.getUTCDay() === 0 || thursday.getUTCDay() > 4 ? -1 : 1));
    let weeks = 0;
    for (
      const each = new Date(thursday.getTime());
      each.getUTCFullYear() === thursday.getUTCFullYear();
      each.setUTCDate(each.getUTCDate() - 7)
    )
      weeks++;
    return weeks;
  }
  const iso = /^([+-]?\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(date.toISOString())!;
  return Number(iso[1 + ['year', 'month', 'day', 'hour', 'minute'].indexOf(part)]);
}

/** Compares bit by bit; the bits of an IPv4-mapped address are those of the IPv4 address. */
function inNetwork(address: string, network: string): boolean {
  const [base, prefix] = network.split('/');
  const [data, wanted] = [bitsOf(address), bitsOf(base!)!];
  const mapped = base!.includes(':') && wanted.length === 32 ? 96 : 0;
  const length = prefix === undefined ? wanted.length : Number(prefix) - mapped;
  return data?.length === wanted.length && data.slice(0, length) === wanted.slice(0, length);
}

/** RFC 4291, section 2.2, and four decimal numbers without leading zeros. */
function bitsOf(address: string): string | null {
  if (!address.includes(':')) {
    const parts = address.split('.');
    if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255)) return null;
    return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
  }
  const tail = /^(.*:)(\d+\.[\d.]+)$/.exec(address);
  const four = tail && bitsOf(tail[2]!);
  if (tail && four === null) return null;
  const hex = tail
    ? `${tail[1]!}${[0, 16].map((at) => parseInt(four!.slice(at, at + 16), 2).toString(16)).join(':')}`
    : address;
  const halves = hex.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const given = groups.flat();
  if (halves.length > 2 || given.some((group) => !/^[\da-f]{1,4}$/i.test(group))) return null;
  if (halves.length === 1 ? given.length !== 8 : given.length > 7) return null;
  const zeros = Array.from({ length: 8 - given.length }, () => '0');
  const all = [...groups[0]!, ...zeros, ...(groups[1] ?? [])];
  const bits = all.map((group) => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  return /^0{80}1{16}/.test(bits) ? bits.slice(96) : bits;
}

/** Every way to read a path: each dot is a step into an object or part of a key. Scalars and nulls. */
function lookUp(value: Json, segments: string[]): Json[] {
  return leaves(lookUpRaw(value, segments));
}

function lookUpRaw(value: Json, segments: string[]): Json[] {
  if (segments.length === 0) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => lookUpRaw(each, segments));
  if (value === null || typeof value !== 'object') return [];
  return segments.flatMap((_, index) => {
    const key = segments.slice(0, index + 1).join('.');
    return Object.keys(value).includes(key) ? lookUpRaw(value[key]!, segments.slice(index + 1)) : [];
  });
}

function leaves(values: Json[]): Json[] {
  return values.flatMap((each) => (Array.isArray(each) ? leaves(each) : [each]));
}

function everyText(value: Json): string[] {
  if (value === null || typeof value !== 'object') return [text(value)!].filter((each) => each !== null);
  return Object.values(value).flatMap((each) => everyText(each as Json));
}

function hasScalar(value: Json): boolean {
  return value !== null && (typeof value !== 'object' || Object.values(value).some((each) => hasScalar(each as Json)));
}
