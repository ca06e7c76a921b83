import type { Position } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { Engine, Progress } from '../../detection/engine/execution';
import type { CaseKind } from './case-events';
import { explain } from './case-explanation';
import { caseRunner, eventsOf, placeCases, type CaseContent } from './case-outcomes';
import { Stages } from './stages';

/** What a rule or query did on one case. */
export interface CaseResult {
  file: string;
  position: Position;
  /** The rule or query that was tested. */
  rule: { kind: 'rule' | 'query'; id: string; title: string };
  name: string;
  kind: CaseKind;
  /** Numbers of alerts; of a query, of episodes. */
  expected: number;
  got: number;
  passed: boolean;
  /** Where it failed: the events that matched, and the values that decided. */
  reasons: string[];
}

/**
 * Runs cases in an engine: the events of all of them in one dataset, in ranges of their ordinals; the correlations and queries
 * case by case. `documents` satisfy the schema of cases; a case of what the content lacks is left out. Each event is
 * delivered when it happens. Throws the engine's `Failure` when an event was lost.
 */
export async function runCases(
  documents: YamlDocument[],
  content: CaseContent,
  engine: Engine,
  progress: Progress,
): Promise<CaseResult[]> {
  const cases = placeCases(documents, content);
  // The events of cases are too few to be worth a look at how many have passed.
  const stages = new Stages(progress, [engine], { share: 0 });
  const run = await caseRunner(eventsOf(cases, content.contracts), content, engine, stages);
  return cases.map((placed) => {
    const { document, one, tested } = placed;
    const outcome = run(placed);
    const { family, result } = outcome;
    const got = result.alerts.length;
    const passed = got === one.alerts;
    return {
      file: document.file,
      position: document.position(['cases', placed.index, 'name']),
      rule: { kind: family.length > 0 ? 'rule' : 'query', id: tested.id, title: tested.title },
      name: one.name,
      kind: one.kind,
      expected: one.alerts,
      got,
      passed,
      reasons: passed ? [] : explain(placed, outcome),
    };
  });
}
