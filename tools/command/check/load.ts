import { basename, dirname, join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { contentName, yamlAt } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { type Unread, type YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { actsById, type Act } from '../../detection/acts/act';
import { loadActs } from '../../detection/acts/load';
import { parseQueries } from '../../detection/hunt/parse';
import { changeParameters, type GivenParameter, type ParameterChange } from '../../detection/parameters/change';
import { loadFieldEvidence } from '../../evidence/own-logs/field-files';
import { parseSigma, type Sigma } from '@tollgate/sigma/rules/parse';
import { withoutTemplates, type Template } from '@tollgate/sigma/rules/templates';
import type { Placeholders } from '@tollgate/sigma/rules/transform';
import type * as Datasets from '../../simulate/load';
import { loadContracts } from '../../telemetry/load';
import type { Content, ScenarioName } from './content';
import type { Layout } from './layout';

export interface Loaded {
  content: Content;
  /** The filters that are applied, and those of the folder `filters` that wait for a site's values. */
  filters: Sigma['filters'];
  templates: Template[];
  /** By their ids; those of files with an error are left out. */
  acts: ReadonlyMap<string, Act>;
  /** The parameters that have other values than in their files. */
  changes: ParameterChange[];
  /** Ids of the rules that are there for a correlation, be it one with errors. */
  parts: Sigma['parts'];
  datasets: Pick<Datasets.LoadedDatasets, 'worlds' | 'scenarios'>;
  /** The independent scenarios, and all worlds in which they occur. */
  independent: Pick<Datasets.LoadedDatasets, 'worlds' | 'scenarios'>;
  /** What is wrong with the files of content, by the stage that found it. */
  diagnostics: Record<'yaml' | 'sigma' | 'queries' | 'contracts' | 'datasets' | 'fieldEvidence' | 'acts', Diagnostic[]>;
}

export interface LoadOptions {
  /** A further check of each contract, such as `exampleMisfits`, which takes longer than all the rest. */
  ofContract?: Parameters<typeof loadContracts>[1];
  /** Whether the worlds and scenarios are read, or no more than their names. */
  datasets?: boolean;
  /** What a site says for the placeholders of filters. */
  placeholders?: Placeholders;
  /** Other values for parameters of rules and queries. */
  parameters?: readonly GivenParameter[];
}

/** Reads all files of a layout, and parses what can be parsed. Throws a `Failure` (2) for a parameter that there is not, or a value that does not fit it. */
export function loadContent(
  layout: Layout,
  { ofContract, datasets = true, placeholders = {}, parameters = [] }: LoadOptions = {},
): Loaded {
  const folders = [layout.datasets, ...layout.over];
  const yaml: Diagnostic[] = [];
  const unread: Unread[] = [];
  const documents = (files: string[]): YamlDocument[] =>
    files.flatMap((file) => {
      const loaded = loadYaml(file);
      yaml.push(...loaded.diagnostics);
      unread.push(...loaded.unread);
      return loaded.documents;
    });
  const written = { rules: documents(layout.rules), queries: documents(layout.queries) };
  const { documents: changed, changes } = changeParameters([...written.rules, ...written.queries], parameters);
  const rules = changed.slice(0, written.rules.length);
  const queries = changed.slice(written.rules.length);
  const cases = documents(layout.cases);
  const filters = documents(layout.filters);
  const { documents: filled, templates } = withoutTemplates(filters, placeholders);
  const sigma = parseSigma([...rules, ...filled], { placeholders, unread });
  const { contracts, diagnostics: ofContracts } = loadContracts(layout.telemetry, ofContract);
  const hunts = parseQueries(queries, contracts);
  const field = loadFieldEvidence(layout.fieldEvidence);
  const acts = loadActs(layout.acts);
  const { own, independent } = datasets ? datasetsOf(folders, layout) : { own: NONE, independent: NONE };
  return {
    content: {
      rules: [...rules, ...filters],
      queries,
      cases,
      sigma: sigma.rules,
      hunts: hunts.queries,
      contracts,
      unread,
      fieldEvidence: field.evidence,
      acts: acts.ids,
      scenarios: scenarioNames(folders, layout.scenarios),
      isJudged: (file) => layout.selected?.has(file) ?? true,
    },
    filters: sigma.filters,
    templates,
    changes,
    acts: actsById(acts.files),
    parts: sigma.parts,
    datasets: own,
    independent,
    diagnostics: {
      yaml,
      sigma: [...sigma.diagnostics, ...trial(rules, templates)],
      queries: hunts.diagnostics,
      contracts: ofContracts,
      datasets: [...own.diagnostics, ...independent.diagnostics],
      fieldEvidence: field.diagnostics,
      acts: acts.diagnostics,
    },
  };
}

const NONE: Datasets.LoadedDatasets = { worlds: [], scenarios: [], diagnostics: [] };

function datasetsOf(folders: string[], layout: Layout): Record<'own' | 'independent', Datasets.LoadedDatasets> {
  const { loadDatasets, loadIndependent } = require('../../simulate/load') as typeof Datasets;
  const own = loadDatasets(folders, layout);
  return { own, independent: loadIndependent(folders, own.worlds) };
}

/** Stands for any value of a placeholder: a network and a text. */
const STAND_IN = ['192.0.2.0/24'];

/** What is wrong with filters that nobody has filled: they change no rule, and are read all the same as if somebody had. */
function trial(rules: YamlDocument[], templates: Template[]): Diagnostic[] {
  if (templates.length === 0) return [];
  const placeholders = Object.fromEntries(templates.flatMap(({ missing }) => missing).map((name) => [name, STAND_IN]));
  const documents = templates.map(({ document }) => document);
  const files = new Set(documents.map(({ file }) => file));
  return parseSigma([...rules, ...documents], { placeholders }).diagnostics.filter(({ file }) => files.has(file));
}

/**
 * By the files that are there: that a scenario has an error is no error of the rules that refer to it. Rules may refer to those
 * beside them, also where others are replayed.
 */
function scenarioNames(datasets: string[], beside: string[]): ScenarioName[] {
  return (['benign', 'malicious'] as const).flatMap((kind) => {
    const files = datasets.flatMap((dir) => yamlAt(join(dir, kind)));
    const others = beside.filter((file) => basename(dirname(file)) === kind);
    return [...files, ...others].map((file) => ({ name: contentName(file), kind }));
  });
}
