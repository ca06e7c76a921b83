import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../content/failure';
import { findYaml } from '../content/find';

/** Folders of a content repository, relative to its root (design, section 3). */
export const FOLDERS = {
  rules: 'rules',
  queries: 'queries',
  filters: 'filters',
  datasets: 'datasets',
  telemetry: join('schemas', 'telemetry'),
} as const;

const OWN_ROOT = join(__dirname, '..', '..');

/** Tollgate's own contracts and datasets: they serve content that brings none. */
export const OWN_TELEMETRY = join(OWN_ROOT, FOLDERS.telemetry);
export const OWN_DATASETS = join(OWN_ROOT, FOLDERS.datasets);

/** What a command looks at: the folders where content is found, and the files that it was asked about. */
export interface Layout {
  rules: string[];
  queries: string[];
  filters: string[];
  cases: string[];
  datasets: string;
  /** The folder of the contracts, or the files of some. */
  telemetry: string | string[];
  /** The files that the command is about; `null`: all. */
  selected: ReadonlySet<string> | null;
  /** How many files that is. */
  files: number;
}

/** What a file holds, as its path says. */
type Kind = 'rule' | 'query' | 'filter' | 'cases' | 'other';
const KIND_OF_FOLDER: Record<string, Kind> = {
  rules: 'rule',
  queries: 'query',
  filters: 'filter',
  cases: 'cases',
  datasets: 'other',
  worlds: 'other',
  baselines: 'other',
  benign: 'other',
  malicious: 'other',
  telemetry: 'other',
};

/**
 * Finds the content to work on. Without paths it is that of the working directory; a path to one folder that is laid out
 * like a repository (it has `rules`, `queries`, `datasets` or `schemas/telemetry`) stands for that one. Other paths
 * select files, and everything else of the working directory's content is there to be referred to.
 * Throws a `Failure` with exit code 2 where a path or the working directory holds nothing.
 */
export function findLayout(paths: string[]): Layout {
  const [only] = paths;
  const isRoot = paths.length === 1 && statSync(only!, { throwIfNoEntry: false })?.isDirectory() && hasContent(only!);
  const root = isRoot ? only! : '.';
  if (paths.length === 0 && !hasContent('.')) {
    throw new Failure(
      2,
      'there are no rules, queries or datasets here',
      "change to the repository's folder, or give a path",
    );
  }
  const selected = isRoot || paths.length === 0 ? null : findYaml(paths);
  const around = Object.values(FOLDERS)
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder) && holdsYaml(folder));
  const all = [...new Set([...(around.length > 0 ? findYaml(around) : []), ...(selected ?? [])])].sort();
  const ofKind = (kind: Kind): string[] => all.filter((file) => kindOf(file) === kind);
  return {
    rules: ofKind('rule'),
    queries: ofKind('query'),
    filters: ofKind('filter'),
    cases: ofKind('cases'),
    datasets: firstThatExists(join(root, FOLDERS.datasets), OWN_DATASETS),
    telemetry: firstThatExists(join(root, FOLDERS.telemetry), OWN_TELEMETRY),
    selected: selected && new Set(selected),
    files: (selected ?? all).length,
  };
}

/** The nearest folder that has a kind decides; a file outside such folders is a rule, which most files are. */
function kindOf(file: string): Kind {
  const folders = file.split(/[\\/]/).slice(0, -1).reverse();
  const folder = folders.find((name) => Object.hasOwn(KIND_OF_FOLDER, name));
  return folder === undefined ? 'rule' : KIND_OF_FOLDER[folder]!;
}

function hasContent(root: string): boolean {
  return Object.values(FOLDERS).some((folder) => existsSync(join(root, folder)));
}

function holdsYaml(folder: string): boolean {
  try {
    return findYaml([folder]).length > 0;
  } catch {
    return false;
  }
}

function firstThatExists(path: string, otherwise: string): string {
  return existsSync(path) ? path : otherwise;
}
