import { ROOT } from '../../foundation/root';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { contentName, findYaml, statAt, withoutNamesOf, yamlAt } from '../../foundation/content/find';
import { nearest } from '@tollgate/sigma/diagnostics/suggest';
import { fileOnceCalled } from './former-names';
import { kindAt, kindOf, type ContentKind } from './kinds';

/** Folders of a content repository, relative to its root. */
export const FOLDERS = {
  rules: 'rules',
  queries: 'queries',
  filters: 'filters',
  datasets: 'datasets',
  telemetry: join('schemas', 'telemetry'),
} as const;

/** Files of a repository beside these folders. */
const SINGLE_FILES = [join('measurement', 'plan.yml'), join('coverage', 'attack.yml'), join('coverage', 'stacks.yml')];

/** Where sites' evidence from real logs stands. */
export const FIELD_EVIDENCE = join('measurement', 'field');

/** Where the shapes of platforms' indices stand. */
const SHAPES = join('schemas', 'shapes');

/** Where the acts of platforms stand. */
const ACTS = 'acts';

/** What a repository holds beside its folders of content. */
const BESIDE = [...SINGLE_FILES, FIELD_EVIDENCE, SHAPES, ACTS];

/** Folders of `datasets` and `schemas` which would be read by nobody if they stood at the root. */
const MISPLACED = ['cases', 'worlds', 'benign', 'malicious', 'baselines', 'telemetry'];

/** The repository that the package is, or carries: its content serves where there is none. */
export const OWN_ROOT = ROOT;

/** Tollgate's own contracts and datasets: they serve content that brings none. */
const OWN_TELEMETRY = join(OWN_ROOT, FOLDERS.telemetry);
const OWN_DATASETS = join(OWN_ROOT, FOLDERS.datasets);

/** What a command looks at: the folders where content is found, and the files that it was asked about. */
export interface Layout {
  /** The repository's folder. */
  root: string;
  rules: string[];
  queries: string[];
  filters: string[];
  cases: string[];
  datasets: string;
  /** Folders of worlds and scenarios that are laid over `datasets`. */
  over: string[];
  /** Files of worlds and of scenarios that do not stand in `datasets`, and go before those of the same name there. */
  worlds: string[];
  scenarios: string[];
  /** The folder of the contracts, or the files of some. */
  telemetry: string | string[];
  /** The folder of the shapes of platforms' indices. */
  shapes: string;
  /** The folder of the platforms' acts, or the files of some. */
  acts: string | string[];
  /** Files of sites' evidence from real logs. */
  fieldEvidence: string[];
  /** Files that are neither of these, with what they hold; null where nothing is read at such a place. */
  others: { file: string; kind: ContentKind | null }[];
  /** The files that the command is about; `null`: all. */
  selected: ReadonlySet<string> | null;
  /** How many files that is. */
  files: number;
}

/**
 * Finds the content to work on. Without paths it is that of the working directory; a path to one folder that is laid out
 * like a repository (it has `rules`, `queries`, `filters`, `datasets` or `schemas/telemetry`) stands for that one. Other paths
 * select files, and everything else of the working directory's content, or where it has none, of the repository in which
 * the first of the files lies, is there to be referred to. `orOwn`: without any of these, the package's own content is taken.
 * Throws a `Failure` with exit code 2 where a path or the working directory holds nothing.
 */
export function findLayout(paths: string[], { orOwn = false } = {}): Layout {
  const [only] = paths;
  const isRoot = paths.length === 1 && statAt(only!)?.isDirectory() && hasContent(only!);
  const root = isRoot ? only! : rootFor(paths, orOwn);
  const isWhole = isRoot || paths.length === 0;
  const places = [...Object.values(FOLDERS), ...BESIDE, ...(isWhole ? MISPLACED : [])];
  const around = places.flatMap((place) => yamlAt(join(root, place)));
  const selected = isWhole ? null : select(paths, around);
  const all = withoutRepetition([...(selected ?? []), ...around]).map((file) => ({
    file,
    kind: kindIn(root, file, isWhole),
  }));
  const ofKind = (kind: ContentKind): string[] => all.flatMap((one) => (one.kind === kind ? one.file : []));
  const datasets = firstThatExists(join(root, FOLDERS.datasets), OWN_DATASETS);
  const telemetry = firstThatExists(join(root, FOLDERS.telemetry), OWN_TELEMETRY);
  const acts = firstThatExists(join(root, ACTS), join(OWN_ROOT, ACTS));
  const inDatasets = yamlAt(datasets);
  const loaded = new Set<ContentKind | null>([
    'rule',
    'query',
    'filter',
    'cases',
    'contract',
    'world',
    'scenario',
    'field-evidence',
    'acts',
  ]);
  return {
    root,
    rules: ofKind('rule'),
    queries: ofKind('query'),
    filters: ofKind('filter'),
    cases: ofKind('cases'),
    datasets,
    over: [],
    worlds: ofKind('world').filter((file) => !inDatasets.includes(file)),
    scenarios: ofKind('scenario').filter((file) => !inDatasets.includes(file)),
    telemetry: withOthers(telemetry, ofKind('contract')),
    shapes: firstThatExists(join(root, SHAPES), join(OWN_ROOT, SHAPES)),
    acts: withOthers(acts, ofKind('acts')),
    fieldEvidence: ofKind('field-evidence'),
    others: all.filter(({ kind }) => !loaded.has(kind)),
    selected: selected && new Set(selected),
    files: (selected ?? all).length,
  };
}

/** Whether a folder is laid out like a repository of content. */
export function hasContent(root: string): boolean {
  return Object.values(FOLDERS).some((folder) => existsSync(join(root, folder)));
}

function rootFor(paths: string[], orOwn: boolean): string {
  if (hasContent('.')) return '.';
  const above = repositoryOf(paths[0] ?? '.');
  if (above !== null) return above;
  if (paths.length > 0) return '.';
  if (orOwn) return OWN_ROOT;
  const hint = "change to the repository's folder, or give a path";
  throw new Failure(2, 'there are no rules, queries or datasets here', hint);
}

/** The nearest folder above a path, one of whose folders of content holds it. */
function repositoryOf(path: string): string | null {
  const full = resolve(path);
  for (let folder = dirname(full); ; folder = dirname(folder)) {
    if (isBelow(Object.values(FOLDERS), within(folder, full))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

/** The files at paths. One that is not there may be the former name of a file that is, or nearly its name. */
function select(paths: string[], around: string[]): string[] {
  const known = paths.map((path) => (existsSync(path) ? path : (fileOnceCalled(contentName(path), around) ?? path)));
  const missing = known.find((path) => !existsSync(path));
  const near = missing === undefined ? undefined : nearest(contentName(missing), around.map(contentName));
  if (near === undefined) return findYaml(known);
  const file = around.find((one) => contentName(one) === near)!;
  throw new Failure(2, `there is nothing at ${missing}`, `did you mean '${file}'?`);
}

/** The kind of a file: by its place in the repository, or where it stands elsewhere, by what it holds. */
function kindIn(root: string, file: string, isWhole: boolean): ContentKind | null {
  const path = within(root, file);
  if (isBelow([...Object.values(FOLDERS), ...BESIDE], path)) return kindAt(path);
  return isWhole ? null : kindOf(file);
}

/** A file's path from a folder on, with forward slashes. */
function within(folder: string, file: string): string {
  return relative(resolve(folder), resolve(file)).split(sep).join('/');
}

function isBelow(places: readonly string[], path: string): boolean {
  return places.some((place) => `${path}/`.startsWith(`${place.split(sep).join('/')}/`));
}

/** Each file once, under the first of its names, in the order of these. */
function withoutRepetition(files: string[]): string[] {
  const byPath = new Map<string, string>();
  for (const file of files) if (!byPath.has(resolve(file))) byPath.set(resolve(file), file);
  return [...byPath.values()].sort();
}

/** A folder; or where some of the files stand elsewhere, those and what it has under other names. */
function withOthers(folder: string, files: string[]): string | string[] {
  const within = yamlAt(folder);
  const others = files.filter((file) => !within.includes(file));
  return others.length === 0 ? folder : [...withoutNamesOf(others, within), ...others];
}

function firstThatExists(path: string, otherwise: string): string {
  return existsSync(path) ? path : otherwise;
}
