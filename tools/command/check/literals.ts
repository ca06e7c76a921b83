import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { jsonOf } from '@tollgate/sigma/values/json';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { Rule } from '@tollgate/sigma/rules/model';
import { documentOf, type Check, type Content } from './content';
import { literalsOf, standing, type UsedLiteral } from './used-literals';

export const literalsCheck: Check = {
  name: 'literals',
  what: "A rule or query that compares a vendor's field with a value that has no source is experimental.",
  run: (content) => [
    ...[...content.rules, ...content.queries].flatMap((document) => ofDetection(document, content)),
    ...content.sigma.flatMap((rule) => ofCorrelation(rule, content)),
  ],
};

/** Whether a status asks that each literal has a source. */
function asksForSources(status: unknown): boolean {
  return status === 'test' || status === 'stable';
}

function unsourced(document: YamlDocument, content: Content): UsedLiteral[] {
  return literalsOf(document, content.contracts).filter((literal) => standing(literal) === 'unverified');
}

function ofDetection(document: YamlDocument, content: Content): Diagnostic[] {
  const status = isMap(document.value) ? document.value['status'] : undefined;
  if (!asksForSources(status)) return [];
  const reporter = new Reporter(document);
  for (const literal of unsourced(document, content)) {
    const { contract, field, value, path } = literal;
    const message = `status '${String(status)}' is too high: ${doubt(literal)}`;
    const hint = `put ${jsonOf(value)} with its source under values of '${field}' in the contract ${contract.id}, or set status to 'experimental'`;
    reporter.error('unsourced-literal', path, message, hint);
  }
  return reporter.diagnostics;
}

function doubt({ contract, field, value, known }: UsedLiteral): string {
  const where = `the value ${jsonOf(value)} of '${field}'`;
  return known.length === 0
    ? `the contract ${contract.id} has no source for ${where}`
    : `by the contract ${contract.id} nobody has verified ${where}`;
}

/** A correlation is known no better than the rules that it refers to. */
function ofCorrelation(rule: Rule, content: Content): Diagnostic[] {
  if (rule.kind !== 'correlation' || !asksForSources(rule.status)) return [];
  const reporter = new Reporter(documentOf(content, rule));
  for (const part of partsOf(rule, content)) {
    const [literal] = unsourced(documentOf(content, part), content);
    if (literal === undefined) continue;
    const message = `status '${String(rule.status)}' is too high: of its rule '${part.title}', ${doubt(literal)}`;
    reporter.error('unsourced-literal', ['status'], message, "set status to 'experimental'");
  }
  return reporter.diagnostics;
}

/** The detections that a rule comes down to. */
function partsOf(rule: Rule, content: Content, seen = new Set<string>()): Rule[] {
  if (seen.has(rule.id)) return [];
  seen.add(rule.id);
  if (rule.kind === 'detection') return [rule];
  return rule.rules.flatMap((id) =>
    content.sigma.filter((other) => other.id === id).flatMap((other) => partsOf(other, content, seen)),
  );
}
