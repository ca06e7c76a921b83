import type { Diagnostic } from '../content/diagnostic';
import type { YamlDocument } from '../content/yaml';
import { worldDigests } from '../measure/digest';
import type { MeasuredDetector, Results } from '../measure/results';
import { filesOf, readResults, staleWorlds } from '../measure/stored';
import { holdBudget, mostText, overText, worstOf } from '../replay/budget';
import { worldsOf } from '../replay/exposure';
import type { Budget } from '../sigma/model';
import { Reporter } from '../sigma/reporter';
import type { World } from '../simulate/world';
import { isMap, mapAt, type Content } from './content';
import { OWN_DATASETS, type Layout } from './layout';

/**
 * Holds every budget against the committed measurement: an error where it contradicts the budget, or is too small to prove it
 * in a world that runs what the rule reads. A world whose content is another one by now proves nothing, which is one warning; content
 * that has none is not judged.
 */
export function budgetDiagnostics(content: Content, worlds: World[], layout: Layout): Diagnostic[] {
  // Content without worlds of its own has no measurement of its own.
  const file = layout.datasets === OWN_DATASETS ? null : filesOf(layout.datasets).results;
  const results = file === null ? null : readResults(file);
  if (file === null || !results) return [];
  const stale = staleWorlds(results, worldDigests(layout));
  const judged = worlds.filter(({ name }) => !stale.includes(name));
  const held = [...content.rules, ...content.queries].flatMap((document) => heldAgainst(document, results, judged));
  return stale.length === 0 ? held : [...held, staleWarning(file, stale)];
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

function heldAgainst(document: YamlDocument, results: Results, worlds: World[]): Diagnostic[] {
  const budget = mapAt(document.value, 'tollgate')['budget'] as Budget | undefined;
  const detector = results.detectors.find(({ id }) => isMap(document.value) && document.value['id'] === id);
  if (!budget || !detector) return [];
  const reporter = new Reporter(document);
  const problem = problemOf(budget, detector, worlds);
  if (problem) reporter.error(problem.code, ['tollgate', 'budget'], problem.message, problem.hint);
  return reporter.diagnostics;
}

function problemOf(budget: Budget, detector: MeasuredDetector, worlds: World[]) {
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

function isUnmeasured(world: World, { sources, worlds }: MeasuredDetector, budget: Budget): boolean {
  const about = worldsOf(budget, [{ world: world.name, episodes: 0, days: 0, sends: 0 }]).length > 0;
  const runs = sources.every((source) => world.sources.includes(source));
  return about && runs && !worlds.some((measured) => measured.world === world.name);
}
