import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { DetectionRule, Rule } from '@tollgate/sigma/rules/model';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import { placeholdersOf } from '@tollgate/sigma/rules/templates';
import { isMap } from '@tollgate/sigma/values/map';
import type { WholeContent } from '../target';
import type { Stanza } from './conf';

/** Begins the text that stands for a placeholder in a test; a character of nobody's. */
const MARK = '\ue000';

/** A placeholder's value while rules are read: a network as well as a text, and in no rule otherwise. */
const standIn = (index: number) => `192.0.2.${index}/32`;

/** Rules with the filters of a site, and the placeholders for which it said nothing: each is a macro, which the site defines in Splunk. */
export function siteRules({ rules, written }: WholeContent): { rules: Rule[]; macros: string[] } {
  const { documents, placeholders } = written;
  const filters = documents.flatMap(({ value }) => (isMap(value) && isMap(value['filter']) ? [value['filter']] : []));
  const macros = [...new Set(filters.flatMap((filter) => placeholdersOf(filter)))]
    .filter((name) => (placeholders[name] ?? []).length === 0)
    .sort();
  if (macros.length === 0) return { rules, macros };
  const values = Object.fromEntries(macros.map((name, index) => [name, [standIn(index)]]));
  const names = new Map(macros.map((name, index) => [standIn(index), name]));
  const read = new Map(
    parseSigma([...documents], { placeholders: { ...placeholders, ...values } }).rules.map((rule) => [rule.id, rule]),
  );
  return { rules: rules.map((rule) => marked(read.get(rule.id) ?? rule, names)), macros };
}

/** The macro of a placeholder: whether a field has one of the site's values. */
export function siteStanza(name: string): Stanza {
  return { name: `${siteMacro(name)}(1)`, settings: { args: 'field', definition: '1=0', iseval: 0 } };
}

/** The call of a placeholder's macro with a field; null for a test of anything else. */
export function siteTest({ parts }: Extract<Test, { kind: 'pattern' }>, field: string): string | null {
  const [first] = parts;
  if (typeof first !== 'string' || !first.startsWith(MARK)) return null;
  return `if(\`${siteMacro(first.slice(MARK.length))}(${field})\`, 1, 0)=1`;
}

/** The name of a placeholder's macro. */
export function siteMacro(name: string): string {
  return `tollgate_site_${name}`;
}

function marked(rule: Rule, names: ReadonlyMap<string, string>): Rule {
  if (rule.kind !== 'detection') return rule;
  const changed: DetectionRule = { ...rule, plan: { ...rule.plan, expr: inTree(rule.plan.expr, names) } };
  return changed;
}

function inTree(expr: Expr, names: ReadonlyMap<string, string>): Expr {
  switch (expr.op) {
    case 'and':
      return { op: 'and', all: expr.all.map((one) => inTree(one, names)) };
    case 'or':
      return { op: 'or', any: expr.any.map((one) => inTree(one, names)) };
    case 'not':
      return { op: 'not', expr: inTree(expr.expr, names) };
    case 'test': {
      const { test } = expr;
      const text = test.kind === 'cidr' ? test.network : test.kind === 'pattern' ? test.parts[0] : undefined;
      const name = typeof text === 'string' ? names.get(text) : undefined;
      if (name === undefined || test.field === null) return expr;
      return { op: 'test', test: { kind: 'pattern', field: test.field, parts: [`${MARK}${name}`], cased: true } };
    }
  }
}
