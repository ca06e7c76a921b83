import { findLayout, OWN_ROOT, type Layout } from '../check/layout';
import { hindrances } from '../check/hindrances';
import { loadContent, type Loaded } from '../check/load';
import { validateLoaded } from '../check/validate';
import { Failure } from '../../foundation/content/failure';
import type { MeasuredContent } from '../../evidence/measure/unit';
import { closure, reported } from '../../evidence/replay/rule-detector';
import { tellFindings } from '../report/diagnostics';
import { loadPlaceholders } from '../../detection/rules/load';
import { templateWarnings } from '@tollgate/sigma/rules/templates';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import type { GivenParameter, ParameterChange } from '../../detection/parameters/change';
import { laidOver } from './laid-over';
import { requireRun } from './parameters';
import { note } from '../../foundation/content/note';

interface RunOptions {
  /** A folder that is laid over the content's own. */
  datasets?: string;
  /** A file with a site's values. */
  placeholders?: string;
  param?: GivenParameter[];
  /** The format that was asked for: findings come in it, if it is one of them. */
  format?: string;
  /** Whether Tollgate's own content is taken where there is none here. */
  orOwn?: boolean;
  /** Whether what can be run is, also where it is not complete, which is said on stderr. */
  incomplete?: boolean;
}

interface RunContent {
  content: MeasuredContent;
  independent: Loaded['independent'];
  layout: Layout;
  /** How many of a site's filters are applied. */
  filters: number;
  /** The parameters that have other values than in their files. */
  changes: ParameterChange[];
}

/**
 * The rules and queries to run, with all that they need, and where they were found. Throws a `Failure` for content with errors,
 * which it prints (1), and where nothing was selected or a parameter is of nothing that is (2).
 */
export function runnableContent(
  paths: string[],
  { datasets, placeholders, param = [], format, orOwn = false, incomplete = false }: RunOptions = {},
): RunContent {
  const layout = laidOver(orOwn ? layoutOrOwn(paths) : findLayout(paths), datasets);
  const loaded = loadContent(layout, {
    placeholders: siteValues(placeholders),
    parameters: param,
  });
  if (incomplete) requireRunnable(loaded, layout, format);
  else requireValid(loaded, layout, format);
  if (placeholders !== undefined) tellFilters(loaded);
  const { content } = loaded;
  const isSelected = ({ file }: { file: string }) => layout.selected?.has(file) ?? true;
  const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
  const rules = new Set(
    reported(content.sigma)
      .filter(isSelected)
      .flatMap((rule) => closure(rule, byId)),
  );
  const queries = content.hunts.filter(isSelected);
  if (rules.size === 0 && queries.length === 0)
    throw new Failure(2, 'no rule and no query was selected', 'give a file or folder that holds some');
  requireRun(loaded.changes, [...rules, ...queries]);
  return {
    content: { rules: [...rules], queries, contracts: content.contracts, ...loaded.datasets },
    independent: loaded.independent,
    layout,
    filters: loaded.filters.length,
    changes: loaded.changes,
  };
}

const ALONE = 'tollgate validate shows them alone';

function requireValid(loaded: Loaded, layout: Layout, format: string | undefined): void {
  const findings = validateLoaded(loaded, { ...layout, selected: null });
  if (findings.diagnostics.every(({ severity }) => severity !== 'error')) return;
  tellFindings(findings, format);
  throw new Failure(1, 'the content has errors, so nothing was run', ALONE);
}

/** The same for errors that keep something from being run; of others it is said that they are there. */
function requireRunnable(loaded: Loaded, layout: Layout, format: string | undefined): void {
  const diagnostics = hindrances(loaded, layout.selected);
  if (diagnostics.length > 0) {
    tellFindings({ files: layout.files, diagnostics }, format);
    throw new Failure(1, 'the content has errors, so nothing was run', ALONE);
  }
  // Whether the records of cases are possible takes seconds to find, and a run needs no cases.
  const isJudged = (file: string): boolean => loaded.content.isJudged(file) && !layout.cases.includes(file);
  const content = { ...loaded.content, isJudged };
  const left = validateLoaded({ ...loaded, content }, layout).diagnostics.filter(
    ({ severity }) => severity === 'error',
  );
  const files = new Set(left.map(({ file }) => file));
  if (files.size > 0)
    note(`${[...files].join(', ')}: not complete, and run all the same; tollgate validate says what is missing`);
}

/** The content of the paths or the working directory, or else Tollgate's own, which is said on stderr. */
export function layoutOrOwn(paths: string[]): Layout {
  const layout = findLayout(paths, { orOwn: true });
  if (layout.root === OWN_ROOT && paths.length === 0)
    note("there are no rules, queries or datasets here, so Tollgate's own are taken");
  return layout;
}

/** The option of the commands that apply a site's filters. */
export const PLACEHOLDERS = [
  '--placeholders <file>',
  "YAML map of name → values, for %name% in the filters of the folder 'filters'",
] as const;

/** The values that a site gives for the placeholders of filters; none without a file. */
export function siteValues(file: string | undefined): Placeholders {
  return file === undefined ? {} : loadPlaceholders(file);
}

/** Says on stderr which filters are applied and which are not: a name that is misspelt in the site's file shows here. */
export function tellFilters({ filters, templates }: Pick<Loaded, 'filters' | 'templates'>): void {
  for (const { title } of filters) note(`the filter '${title}' is applied`);
  for (const { rule, message } of templateWarnings(templates)) note(`${rule}: ${message}`);
}
