import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../content/diagnostic';
import { loadYaml, type YamlDocument } from '../content/yaml';
import { parseQueries } from '../hunt/parse';
import { parseSigma, type Sigma } from '../sigma/parse';
import type * as Datasets from '../simulate/load';
import { loadContracts } from '../telemetry/load';
import type { Content, ScenarioName } from './content';
import type { Layout } from './layout';

export interface Loaded {
  content: Content;
  filters: Sigma['filters'];
  datasets: Pick<Datasets.LoadedDatasets, 'worlds' | 'scenarios'>;
  /** What is wrong with the files of content, by the stage that found it. */
  diagnostics: Record<'yaml' | 'sigma' | 'queries' | 'contracts' | 'datasets', Diagnostic[]>;
}

export interface LoadOptions {
  /** A further check of each contract, such as `exampleMisfits`, which takes longer than all the rest. */
  ofContract?: Parameters<typeof loadContracts>[1];
  /** Whether the worlds and scenarios are read, or no more than their names. */
  datasets?: boolean;
}

/** Reads all files of a layout, and parses what can be parsed. */
export function loadContent(layout: Layout, { ofContract, datasets = true }: LoadOptions = {}): Loaded {
  const yaml: Diagnostic[] = [];
  const documents = (files: string[]): YamlDocument[] =>
    files.flatMap((file) => {
      const loaded = loadYaml(file);
      yaml.push(...loaded.diagnostics);
      return loaded.documents;
    });
  const rules = documents(layout.rules);
  const queries = documents(layout.queries);
  const cases = documents(layout.cases);
  const sigma = parseSigma(rules);
  const { contracts, diagnostics: ofContracts } = loadContracts(layout.telemetry, ofContract);
  const hunts = parseQueries(queries, contracts);
  const {
    worlds,
    scenarios,
    diagnostics: ofDatasets,
  } = datasets
    ? (require('../simulate/load') as typeof Datasets).loadDatasets(layout.datasets)
    : { worlds: [], scenarios: [], diagnostics: [] };
  return {
    content: {
      rules,
      queries,
      cases,
      sigma: sigma.rules,
      hunts: hunts.queries,
      contracts,
      scenarios: scenarioNames(layout),
      isJudged: (file) => layout.selected?.has(file) ?? true,
    },
    filters: sigma.filters,
    datasets: { worlds, scenarios },
    diagnostics: {
      yaml,
      sigma: sigma.diagnostics,
      queries: hunts.diagnostics,
      contracts: ofContracts,
      datasets: ofDatasets,
    },
  };
}

/** By the files that are there: that a scenario has an error is no error of the rules that refer to it. */
function scenarioNames({ datasets }: Layout): ScenarioName[] {
  return (['benign', 'malicious'] as const).flatMap((kind) => {
    const folder = join(datasets, kind);
    if (!existsSync(folder)) return [];
    const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
    return files.sort().map((file) => ({ name: basename(file, '.yml'), kind }));
  });
}
