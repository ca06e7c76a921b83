import type { YamlDocument } from '../yaml/yaml';
import { isDay } from '../values/day';
import { isMap } from '../values/map';
import { didYouMean } from '../diagnostics/suggest';
import type { Level, LogSource, Related, RuleBase, Status } from './model';
import { type Reporter } from './reporter';

export const STATUSES: readonly Status[] = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
export const LEVELS: readonly Level[] = ['informational', 'low', 'medium', 'high', 'critical'];
const RELATIONS: readonly Related['type'][] = ['derived', 'obsolete', 'merged', 'renamed', 'similar'];
const TAG_NAMESPACES = ['attack', 'car', 'cve', 'd3fend', 'detection', 'stp', 'tlp'];
/** Of a title, a name and a taxonomy (the specification's JSON Schemas). */
const MAX_NAME = 256;
/** Artifacts of D3FEND are written as they are named there, with capitals (tags appendix). */
const TAG = /^(?:[^.]+\.[a-z0-9._-]+|d3fend\.d3f-[A-Za-z0-9._-]+)$/;
const MAX_DESCRIPTION = 65_535;

/** The keys of documents that have a meaning in the specification. */
const KEYS = new Set([
  ...['title', 'id', 'name', 'related', 'taxonomy', 'status', 'description', 'license', 'author', 'references', 'date'],
  ...['modified', 'logsource', 'detection', 'correlation', 'filter', 'generate', 'fields', 'falsepositives', 'level'],
  ...['scope', 'tags'],
]);
const LOGSOURCE_KEYS = new Set(['category', 'product', 'service', 'definition']);

/** Reads what every kind of Sigma document may say about itself. Custom attributes are allowed by the specification. */
export function readAttributes(document: YamlDocument, reporter: Reporter): RuleBase {
  const map = document.value as Record<string, unknown>;
  const read = new AttributeReader(map, reporter);
  const id = read.text('id');
  const name = read.text('name', MAX_NAME);
  const title = read.text('title', MAX_NAME);
  if ((map['title'] ?? null) === null || title?.trim() === '')
    reporter.error('missing-title', ['title'], 'the rule has no title', 'add `title:`');
  const tags = read.texts('tags');
  for (const [index, tag] of tags.entries()) {
    const namespace = tag.split('.')[0]!;
    if (TAG_NAMESPACES.includes(namespace) && TAG.test(tag)) continue;
    const hint = TAG_NAMESPACES.includes(namespace)
      ? 'tags are lower-case letters, digits, `_`, `-` and `.`: `namespace.name`'
      : didYouMean(namespace, TAG_NAMESPACES);
    reporter.warning('unknown-tag', ['tags', index], `'${tag}' is not a tag of the specification`, hint);
  }
  if (read.text('taxonomy', MAX_NAME) !== undefined && map['taxonomy'] !== 'sigma') {
    reporter.warning(
      'foreign-taxonomy',
      ['taxonomy'],
      'field names are taken as they are written',
      "remove it, or write 'sigma'",
    );
  }
  const status = read.oneOf('status', STATUSES);
  const level = read.oneOf('level', LEVELS);
  const base: RuleBase = {
    id: id ?? name ?? `${document.file}#${document.index}`,
    title: title ?? '',
    description: read.text('description', MAX_DESCRIPTION) ?? '',
    references: read.texts('references'),
    tags,
    falsepositives: read.texts('falsepositives'),
    file: document.file,
    document: document.index,
    fields: read.texts('fields'),
    scope: read.texts('scope'),
    related: readRelated(map['related'], reporter),
    attributes: without(map, KEYS),
  };
  // One by one: spreading a dozen small objects into one for each rule took longer than all else here.
  const license = read.text('license');
  const author = read.text('author');
  const date = read.date('date');
  const modified = read.date('modified');
  if (name !== undefined) base.name = name;
  if (status !== undefined) base.status = status;
  if (level !== undefined) base.level = level;
  if (license !== undefined) base.license = license;
  if (author !== undefined) base.author = author;
  if (date !== undefined) base.date = date;
  if (modified !== undefined) base.modified = modified;
  return base;
}

/** Reads `logsource`; at least one of its three known attributes must be there. */
export function readLogsource(map: Record<string, unknown>, reporter: Reporter): LogSource {
  const value = map['logsource'];
  if (!isMap(value)) {
    const message = value === undefined ? 'the rule has no log source' : 'the log source must be a map';
    reporter.error('invalid-logsource', ['logsource'], message, 'add `logsource:` with category, product or service');
    return {};
  }
  const result: LogSource = {};
  for (const key of ['category', 'product', 'service', 'definition'] as const) {
    const part = value[key];
    if (typeof part === 'string') result[key] = part;
    else if (part !== undefined && part !== null)
      reporter.error('invalid-logsource', ['logsource', key], `'${key}' must be a string`);
  }
  const custom = without(value, LOGSOURCE_KEYS);
  if (Object.keys(custom).length > 0) result.custom = custom;
  if (result.category === undefined && result.product === undefined && result.service === undefined) {
    reporter.error(
      'invalid-logsource',
      ['logsource'],
      'the log source names no category, product or service',
      'add one of them',
    );
  }
  return result;
}

function without(map: Record<string, unknown>, keys: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.has(key)));
}

class AttributeReader {
  constructor(
    private readonly map: Record<string, unknown>,
    private readonly reporter: Reporter,
  ) {}

  text(key: string, longest = MAX_DESCRIPTION): string | undefined {
    const value = this.map[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
    const message =
      typeof value === 'string' && value !== ''
        ? `'${key}' is longer than ${longest} characters`
        : `'${key}' must be a text`;
    this.reporter.error('invalid-attribute', [key], message, 'write a text, in quotes if it looks like a number');
    return undefined;
  }

  date(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    if (!/^\d{4}-\d\d-\d\d$/.test(text))
      this.reporter.error('invalid-attribute', [key], `'${text.slice(0, 40)}' is not a date`, 'write it as YYYY-MM-DD');
    else if (!isDay(text))
      this.reporter.error(
        'invalid-attribute',
        [key],
        `the calendar has no day '${text}'`,
        'correct the month or the day',
      );
    return text;
  }

  /** A list of texts; a single text, which the specification allows for some, is a list of one. */
  texts(key: string): string[] {
    const value = this.map[key];
    if (value === undefined || value === null) return [];
    const list = Array.isArray(value) ? (value as unknown[]) : [value];
    if (list.every((item) => typeof item === 'string')) return list;
    return list.flatMap((item, index) => {
      if (typeof item === 'string') return [item];
      const path = Array.isArray(value) ? [key, index] : [key];
      this.reporter.error('invalid-attribute', path, `'${key}' must be a list of texts`, 'put the item in quotes');
      return [];
    });
  }

  oneOf<T extends string>(key: string, known: readonly T[]): T | undefined {
    const value = this.text(key);
    const found = known.find((each) => each === value);
    if (value !== undefined && found === undefined) {
      this.reporter.error(
        'invalid-attribute',
        [key],
        `there is no ${key} '${value.slice(0, 60)}'`,
        didYouMean(value, known),
      );
    }
    return found;
  }
}

function readRelated(value: unknown, reporter: Reporter): Related[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    reporter.error('invalid-attribute', ['related'], "'related' must be a list", 'write a list of `id` and `type`');
    return [];
  }
  return value.flatMap((item: unknown, index) => {
    const type = isMap(item) ? RELATIONS.find((each) => each === item['type']) : undefined;
    if (isMap(item) && typeof item['id'] === 'string' && type !== undefined) return [{ id: item['id'], type }];
    reporter.error(
      'invalid-attribute',
      ['related', index],
      'an item of `related` needs an `id` and a `type`',
      `types are ${RELATIONS.join(', ')}`,
    );
    return [];
  });
}
