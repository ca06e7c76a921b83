import { assetFields, type Derivation } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { literal, read, write } from './painless';

/** A processor of an ingest pipeline: its name and its options. */
export type Processor = Record<string, Record<string, unknown>>;

/** E.164: seven to fifteen digits of which the first is not 0; a block is all of them but the last four, a range all but the last six. */
const NUMBER = { BLOCK: '\\+[1-9][0-9]{2,10}', RANGE: '\\+[1-9][0-9]{0,8}', SUFFIX: '[0-9]{4}' };
const DECIMAL = { DECIMAL: '[+-]?[0-9]+(?:\\.[0-9]+)?' };

/** What gives a derived field of a source's records; nothing where it can't be computed. `id` is the source's. */
export function computation(field: string, derive: Derivation, id: string): Processor[] {
  switch (derive.how) {
    case 'block':
      return [grok(derive.from, `\\A%{BLOCK:${field}}[0-9]{4}\\z`, NUMBER)];
    case 'range':
      return [grok(derive.from, `\\A%{RANGE:${field}}[0-9]{6}\\z`, NUMBER)];
    case 'suffix':
      return [grok(derive.from, `\\A\\+[1-9][0-9]{2,10}%{SUFFIX:${field}}\\z`, NUMBER)];
    case 'number':
      return [
        grok(derive.from, `\\A%{DECIMAL:${field}:double}\\z`, DECIMAL),
        { set: { field, copy_from: derive.from, if: `${read(derive.from)} instanceof Number` } },
      ];
    case 'copy':
      return [{ set: { field, copy_from: derive.from, ignore_empty_value: true } }];
    case 'address':
      return [script(address(field, derive.from))];
    case 'country':
      return [script(country(field, derive.from), { countries: prefixTable(), longest: longestPrefix() })];
    case 'picked':
      return [script(picked(field, derive.from, derive.by, derive.is))];
    case 'asset':
      return [script(asset(field, assetFields(derive), id), { assets: {} })];
    case 'first':
      return [script(first(field, derive.from, derive.or))];
    case 'changed':
      return [
        script(
          listed(
            field,
            derive.from,
            `e.updated == ${literal(derive.to)} && e.previous != ${literal(derive.to)}`,
            'e.name',
          ),
        ),
      ];
    case 'pairs':
      return [
        script(listed(field, derive.from, null, "e.name + ':' + text(e.previous) + '>' + text(e.updated)", TEXT)),
      ];
    case 'after':
      return [script(after(field, derive.from, derive.prefix))];
    default:
      return derive satisfies never;
  }
}

const TEXT = "String text(def value) { return value == null ? '' : value.toString(); }";

/** What follows the first colon, or all where there is none. */
function address(field: string, from: string): string[] {
  return [
    `def text = ${read(from)};`,
    'if (!(text instanceof String)) { return; }',
    "String address = text.substring(text.indexOf(':') + 1);",
    'if (address.isEmpty()) { return; }',
    ...write(field, 'address'),
  ];
}

/** The longest prefix of the number that the table holds. */
function country(field: string, from: string): string[] {
  return [
    'boolean isE164(String n) {',
    '  if (n.length() < 8 || n.length() > 16 || n.charAt(0) != (char) 43 || n.charAt(1) == (char) 48) { return false; }',
    '  for (int i = 1; i < n.length(); i++) { if (n.charAt(i) < (char) 48 || n.charAt(i) > (char) 57) { return false; } }',
    '  return true;',
    '}',
    `def number = ${read(from)};`,
    'if (!(number instanceof String) || !isE164(number)) { return; }',
    'for (int end = 1 + (int) Math.min(params.longest, number.length() - 1); end > 1; end--) {',
    '  def country = params.countries.get(number.substring(1, end));',
    '  if (country != null) {',
    ...write(field, 'country').map((line) => `    ${line}`),
    '    return;',
    '  }',
    '}',
  ];
}

/** `params.assets` is the site's own table; what it does not hold is its own product. An asset that is there stays. */
function asset(field: string, fields: string[], id: string): string[] {
  return [
    'String text(def value) { return value instanceof String && !value.isEmpty() ? value : null; }',
    `if (${read(field)} != null) { return; }`,
    `String key = ${[...fields.map((name) => `text(${read(name)})`), literal(id)].join(' ?: ')};`,
    ...write(field, 'params.assets.getOrDefault(key, key)'),
  ];
}

/** A part of the first object of a list that has a certain other part; an object alone is a list of it. */
function picked(field: string, from: string, by: string, is: string): string[] {
  const [keys, other] = [from.split('.'), by.split('.').at(-1)!];
  const key = keys.pop()!;
  return [
    `def list = ${read(keys.join('.'))};`,
    'if (list instanceof Map) { list = [list]; }',
    'if (!(list instanceof List)) { return; }',
    'for (def e : list) {',
    `  def is = e instanceof Map ? e.get(${literal(other)}) : null;`,
    `  if (is instanceof String && is.equalsIgnoreCase(${literal(is)})) {`,
    `    def value = e.get(${literal(key)});`,
    '    if (value == null) { return; }',
    ...write(field, 'value').map((line) => `    ${line}`),
    '    return;',
    '  }',
    '}',
  ];
}

function first(field: string, from: string, or: string): string[] {
  return [
    'def firstOf(def value) { return value instanceof List ? (value.isEmpty() ? null : value.get(0)) : value; }',
    `def value = firstOf(${read(from)});`,
    `if (value == null) { value = firstOf(${read(or)}); }`,
    'if (value == null) { return; }',
    ...write(field, 'value'),
  ];
}

/** A list made of the entries that satisfy a condition, or of all; `e` is the entry. Painless refuses a condition that is always true. */
function listed(field: string, from: string, condition: string | null, item: string, helper?: string): string[] {
  const add = `found.add(${item});`;
  return [
    ...(helper === undefined ? [] : [helper]),
    `def entries = ${read(from)};`,
    'if (!(entries instanceof List)) { return; }',
    'List found = [];',
    `for (def e : entries) { ${condition === null ? add : `if (${condition}) { ${add} }`} }`,
    'if (found.isEmpty()) { return; }',
    ...write(field, 'found'),
  ];
}

/** The rest of the first name in a list of objects that begins with a prefix and goes on. */
function after(field: string, from: string, prefix: string): string[] {
  return [
    `def list = ${read(from)};`,
    'if (!(list instanceof List)) { return; }',
    `String prefix = ${literal(prefix)};`,
    'for (def e : list) {',
    '  def name = e instanceof Map ? e.name : null;',
    '  if (name instanceof String && name.startsWith(prefix) && name.length() > prefix.length()) {',
    ...write(field, 'name.substring(prefix.length())').map((line) => `    ${line}`),
    '    return;',
    '  }',
    '}',
  ];
}

function grok(from: string, pattern: string, definitions: Record<string, string>): Processor {
  return {
    grok: {
      field: from,
      patterns: [pattern],
      pattern_definitions: definitions,
      ignore_missing: true,
      ignore_failure: true,
    },
  };
}

/** Painless, in lines. */
export function script(source: string[], params?: Record<string, unknown>): Processor {
  return { script: { lang: 'painless', source: source.join('\n'), ...(params && { params }), ignore_failure: true } };
}

/** Digits after the plus sign → country. */
function prefixTable(): Record<string, string> {
  const pairs = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
    list.split(' ').map((prefix): [string, string] => [prefix, country]),
  );
  // Names that look like whole numbers would be put first, in numeric order, anyway.
  return Object.fromEntries(pairs);
}

function longestPrefix(): number {
  return Math.max(...Object.keys(prefixTable()).map((prefix) => prefix.length));
}
