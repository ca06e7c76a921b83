import { causesFirst, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { caseFile } from '../../evidence/replay/case-events';
import type { CaseContent } from '../../evidence/replay/case-outcomes';
import { casesCheck } from './cases';
import type { Contract } from '../../telemetry/contract';
import type { ParameterChange } from '../../detection/parameters/change';
import type { Layout } from './layout';
import { loadContent, type LoadOptions } from './load';

/** What `tollgate test` and `tollgate mutate` run. */
export interface Testable {
  /** Documents of cases that can be run. */
  documents: YamlDocument[];
  content: CaseContent & { contracts: Map<string, Contract> };
  /** The documents that the rules, with their filters, and the queries were read from. */
  sources: { rules: YamlDocument[]; queries: YamlDocument[] };
  /** The parameters that have other values than in their files. */
  changes: ParameterChange[];
  /** What keeps rules, queries or cases from being run. */
  diagnostics: Diagnostic[];
}

/** Reads rules, queries and cases, and selects the cases of the files that were asked for: a rule's file, or that of its cases. */
export function loadTestable(layout: Layout, options: Pick<LoadOptions, 'parameters'> = {}): Testable {
  const { content, changes, diagnostics } = loadContent(layout, { ...options, datasets: false });
  const fileOf = new Map([...content.sigma, ...content.hunts].map(({ id, file }) => [id, file]));
  const problems = [
    ...diagnostics.yaml,
    ...diagnostics.sigma,
    ...diagnostics.queries,
    ...diagnostics.contracts,
    ...content.cases.flatMap((document) => schemaDiagnostics('cases', document)),
    // That a rule lacks cases does not keep the others from being run.
    ...casesCheck.run(content).filter(({ code }) => code !== 'missing-cases'),
  ].filter(({ severity }) => severity === 'error');
  const broken = new Set(problems.map(({ file }) => file));
  const chosen = content.cases.filter((document) => {
    if (broken.has(document.file)) return false;
    const rule = fileOf.get(caseFile(document).rule);
    return !layout.selected || layout.selected.has(document.file) || (rule !== undefined && layout.selected.has(rule));
  });
  const scope = layout.selected && new Set([...layout.selected, ...chosen.map(({ file }) => file)]);
  return {
    documents: chosen,
    content: { rules: content.sigma, queries: content.hunts, contracts: content.contracts },
    changes,
    sources: { rules: content.rules, queries: content.queries },
    diagnostics: problems.filter(({ file }) => scope?.has(file) ?? true).sort(causesFirst),
  };
}
