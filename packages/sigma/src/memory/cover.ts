import type { Expr, PatternPart, Plan, Test } from '../rules/plan';
import { foldCase } from '../values/fold';
import { requiredText } from './required-text';

/**
 * Something that an event must show for a detection to hold of it: a whole value of a field, a part of one, or that the field
 * is there. Texts are folded; `field: null` is any value of the event.
 */
export type Trait =
  | { kind: 'value'; field: string; text: string }
  | { kind: 'part'; field: string | null; text: string }
  | { kind: 'there'; field: string };

/** Shorter parts are in too many values to be worth looking for. */
export const SHORTEST_PART = 3;

/**
 * For each plan the cheapest set of traits of which an event has at least one wherever the plan holds; `null` where there is
 * none, as for a negation, which holds of events that show nothing.
 */
export function coversOf(plans: readonly Plan[]): (Trait[] | null)[] {
  const asked = new Map<string, number>();
  for (const { expr } of plans) countValues(expr, asked);
  return plans.map(({ expr }) => cover(expr, (trait) => costOf(trait, asked)));
}

/** How common a trait is, roughly: what has to be looked at again because of it. What many rules ask for is in many events. */
function costOf(trait: Trait, asked: ReadonlyMap<string, number>): number {
  switch (trait.kind) {
    case 'value':
      return Math.min(25, asked.get(keyOf(trait))! ** 2);
    case 'part':
      return 2 + 12 / trait.text.length;
    case 'there':
      return 30;
    default:
      return trait satisfies never;
  }
}

function keyOf({ field, text }: Extract<Trait, { kind: 'value' }>): string {
  return `${field}=${text}`;
}

function countValues(expr: Expr, asked: Map<string, number>): void {
  if (expr.op === 'and') for (const each of expr.all) countValues(each, asked);
  else if (expr.op === 'or') for (const each of expr.any) countValues(each, asked);
  else if (expr.op === 'not') countValues(expr.expr, asked);
  else {
    const [trait] = traitsOf(expr.test) ?? [];
    if (trait?.kind === 'value') asked.set(keyOf(trait), (asked.get(keyOf(trait)) ?? 0) + 1);
  }
}

function cover(expr: Expr, cost: (trait: Trait) => number): Trait[] | null {
  switch (expr.op) {
    case 'and': {
      let best: Trait[] | null = null;
      let least = Infinity;
      for (const each of expr.all) {
        const traits = cover(each, cost);
        const total = traits?.reduce((sum, trait) => sum + cost(trait), 0) ?? Infinity;
        if (total < least) [best, least] = [traits, total];
      }
      return best;
    }
    case 'or': {
      const all: Trait[] = [];
      for (const each of expr.any) {
        const traits = cover(each, cost);
        if (traits === null) return null;
        for (const trait of traits) all.push(trait);
      }
      return all;
    }
    case 'not':
      return null;
    case 'test':
      return traitsOf(expr.test);
    default:
      return expr satisfies never;
  }
}

function traitsOf(test: Test): Trait[] | null {
  switch (test.kind) {
    case 'pattern':
      return traitsOfPattern(test.field, test.parts);
    case 'number':
      return [test.op === 'eq' ? valueOf(test.field, String(test.value)) : { kind: 'there', field: test.field }];
    case 'boolean':
      return [valueOf(test.field, String(test.value))];
    case 'exists':
      return test.present ? [{ kind: 'there', field: test.field }] : null;
    case 'null':
      return null;
    case 'regex':
      return traitsOfPart(test.field, foldCase(requiredText(test)));
    case 'cidr':
    case 'time':
    case 'ref':
      return [{ kind: 'there', field: test.field }];
    default:
      return test satisfies never;
  }
}

function traitsOfPattern(field: string | null, parts: readonly PatternPart[]): Trait[] | null {
  const literals = parts.filter((part) => typeof part === 'string').map(foldCase);
  if (field !== null && parts.length === literals.length) return [{ kind: 'value', field, text: literals.join('') }];
  const longest = literals.reduce((best, each) => (each.length > best.length ? each : best), '');
  return traitsOfPart(field, longest);
}

function traitsOfPart(field: string | null, text: string): Trait[] | null {
  if (text.length >= SHORTEST_PART) return [{ kind: 'part', field, text }];
  return field === null ? null : [{ kind: 'there', field }];
}

function valueOf(field: string, text: string): Trait {
  return { kind: 'value', field, text: foldCase(text) };
}
