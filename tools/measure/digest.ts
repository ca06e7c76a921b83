import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findYaml } from '../content/find';
import { loadYaml } from '../content/yaml';

/**
 * To be raised by one with each change of the simulator, the correlator or the judge that changes a figure. A digest of their
 * sources would ask for a measurement of half an hour after each comment; that this number was forgotten shows in the test
 * that measures a committed unit again.
 */
const TOOLS_VERSION = 1;

/** The files that decide what a measurement finds. */
export interface MeasuredFiles {
  rules: string[];
  queries: string[];
  /** Folder with `worlds`, `benign`, `malicious`, and what there is of `baselines` and a rate card. */
  datasets: string;
  telemetry: string | string[];
}

/** Prose and house-keeping, which change no figure; a budget is held against the figures when they are read. */
const PROSE: Record<'content' | 'data' | 'contract', string[]> = {
  content: [
    'description',
    'references',
    'falsepositives',
    'tags',
    'author',
    'date',
    'modified',
    'status',
    'tollgate',
    'pivot',
  ],
  data: ['title', 'description', 'references'],
  contract: ['title', 'description', 'references', 'enabled', 'guide', 'retention', 'never', 'doubts', 'example'],
};
const FIELD_PROSE = ['meaning', 'evidence', 'ecs'];
const DATA_FOLDERS = ['worlds', 'benign', 'malicious'];

/** Identifies the content and the tools as far as a measurement depends on them: hexadecimal. */
export function contentDigest({ rules, queries, datasets, telemetry }: MeasuredFiles): string {
  const data = DATA_FOLDERS.flatMap((folder) => yamlIn(join(datasets, folder)));
  const parts = [
    ...[...rules, ...queries, ...yamlIn(join(datasets, 'baselines'))].map((file) =>
      valuesOf(file).map((value) => without(value, PROSE.content)),
    ),
    ...data.map((file) => [relative(datasets, file), ...valuesOf(file).map((value) => without(value, PROSE.data))]),
    ...yamlIn(join(datasets, 'rate-card.yml')).map(valuesOf),
    ...findYaml([telemetry].flat()).map((file) => valuesOf(file).map(contractPart)),
  ];
  const texts = parts.map((part) => JSON.stringify(part, sortedKeys)).sort();
  return createHash('sha256')
    .update(JSON.stringify([TOOLS_VERSION, texts]))
    .digest('hex');
}

function yamlIn(path: string): string[] {
  return existsSync(path) ? findYaml([path]) : [];
}

function valuesOf(file: string): unknown[] {
  return loadYaml(file).documents.map(({ value }) => value);
}

function without(value: unknown, keys: string[]): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

function contractPart(value: unknown): unknown {
  if (!isMap(value)) return value;
  const fields = (of: unknown): unknown =>
    isMap(of) ? Object.fromEntries(Object.entries(of).map(([name, field]) => [name, without(field, FIELD_PROSE)])) : of;
  return {
    ...(without(value, PROSE.contract) as object),
    fields: fields(value['fields']),
    derived: fields(value['derived']),
  };
}

/** Maps in the order of their keys; lists as they are. */
function sortedKeys(_key: string, value: unknown): unknown {
  return isMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
