import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { CaseResult } from '../../evidence/replay/cases';

/** Each case that failed, as a finding where its name stands. */
export function caseFindings(results: readonly CaseResult[]): Diagnostic[] {
  return results
    .filter(({ passed }) => !passed)
    .map(({ file, position, name, reasons, rule }) => ({
      file,
      ...position,
      severity: 'error',
      code: 'failed-case',
      message: [
        `the case '${name}' fails: ${reasons[0] ?? 'it has another number of alerts'}`,
        ...reasons.slice(1),
      ].join('\n'),
      hint: 'correct the rule, or what the case expects; tollgate explain --case says what the rule makes of it',
      rule: rule.title,
    }));
}
