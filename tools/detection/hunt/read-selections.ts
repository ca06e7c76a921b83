import { isMap } from '@tollgate/sigma/values/map';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { lowerSelection } from '@tollgate/sigma/rules/detection';
import { allOf, planOf } from '@tollgate/sigma/rules/expr';
import { MAX_CONDITION_LENGTH } from '@tollgate/sigma/rules/limits';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { type Reporter } from '@tollgate/sigma/rules/reporter';
import type { FieldChecker } from './contract-fields';

export interface Selections {
  /** Selection name → its plan; one with an error is an empty `or`. */
  plans: Record<string, Plan>;
  /** An event that any of them takes. */
  union: Plan;
}

/** Selections of one detection: more than a query can have measures for, and a bound on what one costs. */
const MOST_SELECTIONS = 20;

const NOTHING: Plan = { expr: { op: 'or', any: [] }, fields: [] };

/**
 * Reads `detection`: Sigma selections, and a condition that is an `or` of all of them, since each measure names the one that
 * it is taken over and a condition that left one out would contradict it.
 */
export function readSelections(detection: unknown, checkField: FieldChecker, reporter: Reporter): Selections {
  const plans: Record<string, Plan> = {};
  if (!isMap(detection)) return { plans, union: NOTHING };
  const named = Object.entries(detection).filter(([name]) => name !== 'condition');
  if (named.length > MOST_SELECTIONS) {
    reporter.error('too-large', ['detection'], `has more than ${MOST_SELECTIONS} selections`, 'split the query');
    return { plans, union: NOTHING };
  }
  for (const [name, value] of named) {
    const path = ['detection', name];
    checkName(name, path, reporter);
    checkFields(value, path, checkField);
    const expr = lowerSelection(value, path, {}, reporter);
    const plan = expr && planOf(expr);
    if (expr && !plan) reporter.error('too-large', path, `selection '${name}' has too many tests`, 'split it');
    plans[name] = plan ?? NOTHING;
  }
  checkCondition(detection['condition'], Object.keys(plans), reporter);
  const union = planOf(
    allOf(
      'or',
      Object.values(plans).map(({ expr }) => expr),
    ),
  );
  if (!union)
    reporter.error('too-large', ['detection'], 'the selections together have too many tests', 'split the query');
  return { plans, union: union ?? NOTHING };
}

function checkName(name: string, path: string[], reporter: Reporter): void {
  if (/^[a-z][a-z0-9_]*$/.test(name) && name !== 'or') return;
  const hint = 'lower-case letters, digits and underscores';
  reporter.error('bad-name', path, `${JSON.stringify(name)} is not a name for a selection`, hint, 'key');
}

function checkCondition(condition: unknown, selections: string[], reporter: Reporter): void {
  if (typeof condition !== 'string') return;
  const at = ['detection', 'condition'];
  const whole = `write: ${selections.join(' or ')}`;
  const words = condition.slice(0, MAX_CONDITION_LENGTH).trim().split(/\s+/);
  const names = words.filter((_, index) => index % 2 === 0);
  const joints = words.filter((_, index) => index % 2 === 1);
  const isWhole = condition.length <= MAX_CONDITION_LENGTH && words.length % 2 === 1;
  if (!isWhole || !joints.every((word) => /^or$/i.test(word)) || !names.every((name) => /^\w+$/.test(name))) {
    reporter.error('wrong-condition', at, "a query's condition is an 'or' of its selections", whole);
    return;
  }
  for (const name of names.filter((each) => !selections.includes(each))) {
    reporter.error('unknown-selection', at, `there is no selection '${name}'`, didYouMean(name, selections));
  }
  for (const name of selections.filter((each) => !names.includes(each))) {
    reporter.error('wrong-condition', at, `the condition leaves out the selection '${name}'`, whole);
  }
}

function checkFields(value: unknown, path: (string | number)[], checkField: FieldChecker): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (isMap(item)) checkFields(item, [...path, index], checkField);
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      const field = key.split('|', 1)[0]!;
      if (field !== '') checkField(field, [...path, key], 'key');
    }
  }
}
