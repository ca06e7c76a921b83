import { join } from 'node:path';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { worldDigests } from '../../evidence/measure/digest';
import type { MeasuredDetector, Results } from '../../evidence/measure/results';
import { filesOf, readResults, staleWorlds } from '../../evidence/measure/stored';
import { holdBudget, mostText, overText, worstOf } from '../../evidence/replay/budget';
import { worldsOf } from '../../evidence/replay/exposure';
import type { FalsePositiveBudget } from '../../detection/rules/section';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { World } from '../../simulate/world';
import { mapAt, type Content } from './content';
import { holdFalsePositives } from './false-positives';
import { FOLDERS, type Layout } from './layout';

/**
 * Holds the budgets and the false positives of the selected files against the committed measurement: an error where it contradicts the budget, is too
 * small to prove it in a world that runs what the rule reads, or is not there. A world whose content is another one by now proves nothing, which is one
 * warning about all content. Content without worlds of its own can't be measured, and is not judged.
 */
export function budgetDiagnostics(content: Content, worlds: World[], layout: Layout): Diagnostic[] {
  if (layout.datasets !== join(layout.root, FOLDERS.datasets) || worlds.length === 0) return [];
  const file = filesOf(layout.datasets).results;
  const results = readResults(file);
  const documents = [...content.rules, ...content.queries].filter((document) => content.isJudged(document.file));
  const waiting = documents.flatMap(budgetAwaited);
  if (!results) return [...waiting, ...documents.flatMap((document) => unmeasured(document, file))];
  const held = (judged: World[]): Diagnostic[] =>
    documents.flatMap((document) => heldAgainst(document, results, judged, file));
  // What all worlds prove, some of them prove: whether they are up to date takes longest to find out.
  if (layout.selected !== null && held(worlds).length === 0) return waiting;
  const stale = staleWorlds(results, worldDigests(layout));
  const found = held(worlds.filter(({ name }) => !stale.includes(name)));
  return [...waiting, ...found, ...(stale.length === 0 || layout.selected !== null ? [] : [staleWarning(file, stale)])];
}

/** The schema lets an experimental rule or query wait for its budget: nobody is to take it for one that is proven. */
function budgetAwaited(document: YamlDocument): Diagnostic[] {
  if (!isMap(document.value) || !isMap(document.value['tollgate']) || budgetOf(document)) return [];
  if (document.value['status'] !== 'experimental') return [];
  const reporter = new Reporter(document);
  const hint = '`tollgate measure` measures it; write the budget that this proves, then status: test';
  reporter.warning('no-budget', ['tollgate'], 'it has no budget yet: nothing says what it costs', hint, 'key');
  return reporter.diagnostics;
}

function staleWarning(file: string, worlds: string[]): Diagnostic {
  return {
    file,
    line: 1,
    column: 1,
    severity: 'warning',
    code: 'stale-measurement',
    message: `the measurement is of other content in ${worlds.join(', ')}, so it proves no budget there`,
    hint: '`tollgate measure` measures the content as it is',
  };
}

function budgetOf(document: YamlDocument): FalsePositiveBudget | undefined {
  return mapAt(document.value, 'tollgate')['budget'] as FalsePositiveBudget | undefined;
}

function unmeasured(document: YamlDocument, file: string): Diagnostic[] {
  if (!budgetOf(document)) return [];
  const reporter = new Reporter(document);
  const message = `nothing has measured it: it is not in ${file}`;
  reporter.error('budget-unproven', ['tollgate', 'budget'], message, '`tollgate measure` measures all content');
  return reporter.diagnostics;
}

/** `judged` are the worlds whose content is the measured one. */
function heldAgainst(document: YamlDocument, results: Results, judged: World[], file: string): Diagnostic[] {
  const budget = budgetOf(document);
  if (!budget) return [];
  const detector = results.detectors.find(({ id }) => isMap(document.value) && document.value['id'] === id);
  if (!detector) return unmeasured(document, file);
  const reporter = new Reporter(document);
  const problem = problemOf(budget, detector, judged);
  if (problem) reporter.error(problem.code, ['tollgate', 'budget'], problem.message, problem.hint);
  const names = new Set(judged.map(({ name }) => name));
  holdFalsePositives(document.value, detector, names, reporter);
  return reporter.diagnostics;
}

function problemOf(
  budget: FalsePositiveBudget,
  detector: MeasuredDetector,
  worlds: World[],
): Pick<Diagnostic, 'code' | 'message' | 'hint'> | null {
  if (detector.worlds.length === 0) {
    return {
      code: 'budget-unproven',
      message: 'no world that was measured records all that it reads',
      hint: 'add a world to datasets/worlds that records its sources, and units of it to measurement/plan.yml',
    };
  }
  const judged = detector.worlds.filter(({ world }) => worlds.some(({ name }) => name === world));
  const findings = holdBudget(budget, judged);
  const over = findings.find(({ state }) => state === 'over');
  if (over) {
    return {
      code: 'budget-exceeded',
      message: `the measurement has it over its budget in ${over.world}: ${overText(over, budget)}`,
      hint: 'tune the rule, or allow what it costs',
    };
  }
  const missing = worlds.find((world) => isUnmeasured(world, detector, budget));
  if (missing) {
    return {
      code: 'budget-unproven',
      message: `the measurement has no day of it in ${missing.name}, where all that it reads is recorded`,
      hint: 'add units of that world to measurement/plan.yml',
    };
  }
  const worst = worstOf(findings);
  if (worst?.state !== 'open') return null;
  return {
    code: 'budget-unproven',
    message: `the measurement can't prove the budget: ${mostText(worst, budget)}, ${worst.episodes} benign episodes, where ${budget.max} is allowed`,
    hint: 'a longer measurement (measurement/plan.yml), a quieter rule or a larger budget',
  };
}

function isUnmeasured(world: World, { sources, worlds }: MeasuredDetector, budget: FalsePositiveBudget): boolean {
  const about = worldsOf(budget, [{ world: world.name, episodes: 0, days: 0, sends: 0 }]).length > 0;
  const runs = sources.every((source) => world.sources.includes(source));
  return about && runs && !worlds.some((measured) => measured.world === world.name);
}
