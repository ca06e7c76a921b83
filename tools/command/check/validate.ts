import { causesFirst, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { exampleMisfits } from '../../telemetry/example';
import { CHECKS } from './checks';
import type { Layout } from './layout';
import { nearby } from './nearby';
import type * as Others from './others';
import { loadContent, type Loaded } from './load';
import { schemaCheck } from './schema';
import { todoDiagnostics } from './todo';

export interface Validation {
  /** How many files were looked at. */
  files: number;
  /** Every finding about them, in the order of files and positions; what follows from others comes after these. */
  diagnostics: Diagnostic[];
}

/**
 * All findings about the selected files at once. Everything else of the content is read too, because rules, cases and
 * scenarios refer to one another, but findings about it are left out.
 */
export function validate(layout: Layout): Validation {
  // Of use only here, and some of them are large.
  const { budgetDiagnostics } = require('./budget') as typeof import('./budget');
  const { strangeActs } = require('./strange-acts') as typeof import('./strange-acts');
  const { loadWorlds } = require('../../simulate/load') as typeof import('../../simulate/load');
  const near = nearby(layout);
  if (near !== null) {
    const loaded = loadContent(near, { datasets: false });
    const found = validateLoaded(loaded, layout);
    // A finding's hint may name what is not near.
    if (found.diagnostics.length === 0) {
      const worlds = loadWorlds(layout.datasets);
      const diagnostics = [
        ...strangeActs(loaded.content, worlds),
        ...budgetDiagnostics(loaded.content, worlds, layout),
        ...todoDiagnostics(layout),
      ];
      return { ...found, diagnostics: diagnostics.sort(causesFirst) };
    }
  }
  const loaded = loadContent(layout, { ofContract: exampleMisfits });
  const { files, diagnostics } = validateLoaded(loaded, layout);
  const { otherDiagnostics } = require('./others') as typeof Others;
  const others = otherDiagnostics(layout, loaded).filter(({ file }) => layout.selected?.has(file) ?? true);
  const { worlds } = loaded.datasets;
  const strange = strangeActs(loaded.content, worlds);
  const budgets = budgetDiagnostics(loaded.content, worlds, layout);
  const { honestDayDiagnostics } = require('./honest-days') as typeof import('./honest-days');
  const found = [
    ...diagnostics,
    ...others,
    ...strange,
    ...budgets,
    ...honestDayDiagnostics(layout),
    ...todoDiagnostics(layout),
  ];
  return { files, diagnostics: found.sort(causesFirst) };
}

/** The same for content that has been read already. */
export function validateLoaded(loaded: Loaded, { selected, files }: Pick<Layout, 'selected' | 'files'>): Validation {
  return { files, diagnostics: findingsOf(loaded).filter(({ file }) => selected?.has(file) ?? true) };
}

/** Every finding, in the order of files and positions; what follows from others comes after these. */
function findingsOf({ content, diagnostics: found }: Loaded): Diagnostic[] {
  return firstOfEachPlace([
    found.yaml,
    found.contracts,
    found.datasets,
    found.fieldEvidence,
    found.acts,
    found.queries,
    schemaCheck.run(content),
    found.sigma,
    ...CHECKS.map((check) => check.run(content)),
  ]).sort(causesFirst);
}

/** What one stage refuses at a place, a later one often refuses as well: the first one's findings are enough. */
function firstOfEachPlace(stages: Diagnostic[][]): Diagnostic[] {
  const stageAt = new Map<string, Diagnostic[]>();
  return stages.flatMap((stage) =>
    stage.filter(({ file, line, column }) => {
      const place = `${file}:${line}:${column}`;
      if (!stageAt.has(place)) stageAt.set(place, stage);
      return stageAt.get(place) === stage;
    }),
  );
}
