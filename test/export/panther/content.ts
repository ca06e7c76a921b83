import { caseFile, caseRecords } from '../../../tools/evidence/replay/case-events';
import type { TestCase, WholeContent } from '../../../tools/export/target';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { repository, type Repository } from '../sql/detectors';

export interface PantherRepository extends Repository {
  content: WholeContent;
  /** The cases of all rules and queries, by the rule's id. */
  cases: ReadonlyMap<string, readonly TestCase[]>;
}

/** The repository's content with the shapes of Panther's log types and the cases. */
export function pantherRepository(): PantherRepository {
  const all = repository();
  const { contracts, cases: documents } = all.loaded.content;
  const cases = new Map<string, TestCase[]>();
  for (const file of documents.map(caseFile))
    cases.set(
      file.rule,
      file.cases.map((one) => ({ name: one.name, records: caseRecords(file, one, contracts) })),
    );
  const content: WholeContent = {
    ...all.content,
    shapes: loadShapes('schemas/shapes/panther', contracts).shapes,
    cases: (rule) => cases.get(rule) ?? [],
  };
  return { ...all, content, cases };
}
