import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import type { Progress } from '../../detection/engine/execution';
import { MemoryEngine } from '../../detection/engine/memory-engine';
import { parseQueries } from '../../detection/hunt/parse';
import { runCases, type CaseResult } from '../../evidence/replay/cases';
import { Failure } from '../../foundation/content/failure';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { CHECKS } from '../check/checks';
import type { Content } from '../check/content';
import type { NewFile } from './files';

/** A few cases are run at once. */
const NO_PROGRESS: Progress = { update: () => undefined };

/**
 * Checks a rule or query and its cases that are no files yet, among all other content, and runs the cases. Throws a `Failure` (2)
 * with the first error that `tollgate validate` would find.
 */
export async function tryOut(
  kind: 'rule' | 'query',
  [detector, ofCases]: readonly [NewFile, NewFile],
  content: Content,
): Promise<CaseResult[]> {
  const own = parseYaml(detector.file, detector.text);
  const cases = parseYaml(ofCases.file, ofCases.text);
  const sigma = kind === 'rule' ? parseSigma(own.documents) : { rules: [], diagnostics: [] };
  const hunts = kind === 'query' ? parseQueries(own.documents, content.contracts) : { queries: [], diagnostics: [] };
  const files = [detector.file, ofCases.file];
  const all: Content = {
    ...content,
    rules: [...content.rules, ...(kind === 'rule' ? own.documents : [])],
    queries: [...content.queries, ...(kind === 'query' ? own.documents : [])],
    cases: [...content.cases, ...cases.documents],
    sigma: [...content.sigma, ...sigma.rules],
    hunts: [...content.hunts, ...hunts.queries],
    isJudged: (file) => files.includes(file),
  };
  refuseErrors([
    ...own.diagnostics,
    ...cases.diagnostics,
    ...own.documents.flatMap((document) => schemaDiagnostics(kind, document)),
    ...cases.documents.flatMap((document) => schemaDiagnostics('cases', document)),
    ...sigma.diagnostics,
    ...hunts.diagnostics,
  ]);
  refuseErrors(CHECKS.flatMap((check) => check.run(all)).filter(({ file }) => files.includes(file)));
  const parts = { rules: sigma.rules, queries: hunts.queries, contracts: content.contracts };
  return runCases(cases.documents, parts, new MemoryEngine(), NO_PROGRESS);
}

function refuseErrors(diagnostics: readonly Diagnostic[]): void {
  const wrong = diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) throw new Failure(2, `it would not be valid (${wrong.file}:${wrong.line}): ${wrong.message}`, wrong.hint);
}
