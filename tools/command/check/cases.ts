import { sectionOf } from '../../detection/rules/section';
import type { ValidateFunction } from 'ajv';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { describeErrors, type Described } from '../../foundation/content/schema-errors';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import {
  caseFile,
  caseForms,
  caseSize,
  MAX_CASE_EVENTS,
  type Case,
  type CaseFile,
} from '../../evidence/replay/case-events';
import type { Rule } from '@tollgate/sigma/rules/model';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { Contract } from '../../telemetry/contract';
import { jsonOf } from '@tollgate/sigma/values/json';
import { isMap } from '@tollgate/sigma/values/map';
import { recordValidator } from './records';
import { documentOf, type Check, type Content } from './content';

export const casesCheck: Check = {
  name: 'cases',
  what: "Each rule has cases that fire, stay quiet and nearly fire, a correlation also its window's edge; their records are possible.",
  run: (content) => {
    // A document that violates its schema has been reported; what it means can't be looked at.
    const usable = content.cases.filter((document) => schemaDiagnostics('cases', document).length === 0);
    const judged = usable.filter(({ file }) => content.isJudged(file));
    return [...judged.flatMap((document) => caseProblems(document, content)), ...missingCases(usable, content)];
  },
};

/** Rules that alert on their own need cases; base rules are tested through their correlations. */
function missingCases(documents: YamlDocument[], content: Content): Diagnostic[] {
  return content.sigma
    .filter((rule) => sectionOf(rule))
    .flatMap((rule) => {
      const own = documents.filter((document) => caseFile(document).rule === rule.id);
      const missing = missingKinds(
        rule,
        own.flatMap((document) => caseFile(document).cases),
      );
      if (missing.length === 0) return [];
      const reporter = new Reporter(documentOf(content, rule));
      const where = own[0]?.file ?? 'datasets/cases/<file name of the rule>.yml';
      reporter.error(
        'missing-cases',
        ['id'],
        `has no case that ${missing.join(', none that ')}`,
        `add it to ${where}`,
        'key',
      );
      return reporter.diagnostics;
    });
}

function missingKinds(rule: Rule, cases: Case[]): string[] {
  const has = (kind: Case['kind'], alerts?: (count: number) => boolean): boolean =>
    cases.some((one) => one.kind === kind && (!alerts || alerts(one.alerts)));
  const missing: string[] = [];
  if (!has('fires')) missing.push('fires');
  if (!has('quiet')) missing.push('stays quiet');
  if (!has('near-miss')) missing.push('nearly fires (near-miss)');
  if (rule.kind === 'correlation') {
    if (!has('edge', (count) => count > 0)) missing.push("fires exactly at the window's edge (edge)");
    if (!has('edge', (count) => count === 0)) missing.push("stays quiet just outside the window's edge (edge)");
  }
  return missing;
}

function caseProblems(document: YamlDocument, content: Content): Diagnostic[] {
  const reporter = new Reporter(document);
  const file = caseFile(document);
  const tested = [...content.rules, ...content.queries];
  const ids = tested.map(({ value }) => (isMap(value) ? String(value['id']) : ''));
  if (!ids.includes(file.rule) && !content.unread.some(({ names }) => names.includes(file.rule))) {
    reporter.error(
      'unknown-rule',
      ['rule'],
      `there is no rule or query with the id ${file.rule}`,
      didYouMean(file.rule, ids),
    );
  }
  for (const [name, { source }] of Object.entries(file.base)) {
    if (content.contracts.has(source)) continue;
    reporter.error(
      'no-contract',
      ['base', name, 'source'],
      `there is no telemetry contract '${source}'`,
      didYouMean(source, content.contracts.keys()),
    );
  }
  for (const [index, one] of file.cases.entries()) {
    for (const [entry, event] of one.events.entries()) {
      if (Object.hasOwn(file.base, event.use)) continue;
      const hint = didYouMean(event.use, Object.keys(file.base));
      reporter.error(
        'unknown-base',
        ['cases', index, 'events', entry, 'use'],
        `there is no base record '${event.use}'`,
        hint,
      );
    }
    if (caseSize(one) > MAX_CASE_EVENTS) {
      reporter.error(
        'too-large',
        ['cases', index, 'events'],
        `makes ${caseSize(one)} events; a case has at most ${MAX_CASE_EVENTS}`,
        'lower times',
      );
    } else checkRecords(file, one, index, content.contracts, reporter);
  }
  return reporter.diagnostics;
}

/** A record that the source could never write proves nothing: each must satisfy its contract. One is told of each entry. */
function checkRecords(
  file: CaseFile,
  one: Case,
  index: number,
  contracts: ReadonlyMap<string, Contract>,
  reporter: Reporter,
): void {
  const told = new Set<number>();
  for (const { source, record, entry } of caseForms(file, one, contracts)) {
    if (told.has(entry)) continue;
    const validate: ValidateFunction = recordValidator(contracts.get(source)!);
    // The schema knows no bigints, which are whole numbers to it.
    if (validate(JSON.parse(jsonOf(record)))) continue;
    told.add(entry);
    const set = one.events[entry]!.set ?? {};
    // All that is wrong at once, a finding for each place: what `set` brought, or else the base record.
    const byCause = new Map<string | undefined, Described[]>();
    for (const error of describeErrors(validate.errors ?? [])) {
      const cause = Object.keys(set).find((key) => isOrHolds(key, error.path.join('.')));
      byCause.set(cause, [...(byCause.get(cause) ?? []), error]);
    }
    for (const [cause, errors] of byCause) {
      const at = ['cases', index, 'events', entry, ...(cause === undefined ? ['use'] : ['set', cause])];
      const all = errors.map(({ message }) => message).join(', ');
      reporter.error(
        'impossible-record',
        at,
        `no record of ${source} is like this: ${all}`,
        errors[0]!.hint ?? 'correct the record; or the contract, if the source does write it',
      );
    }
  }
}

function isOrHolds(key: string, path: string): boolean {
  return path === key || path.startsWith(`${key}.`);
}
