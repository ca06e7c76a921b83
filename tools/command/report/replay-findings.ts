import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { DetectorResult, ReplayReport, Verdict } from '../../evidence/replay/result';
import type { Findings } from './findings';

/** The document of a rule's or query's file that has its id. */
type DocumentOf = (file: string, id: string) => YamlDocument | undefined;

/**
 * The verdicts of a replay as findings where the budgets stand: an error for what makes it end with 1, a warning for what it could not
 * prove. What two engines disagree on stands at no place.
 */
export function replayFindings({ rules, queries, differences }: ReplayReport, documentOf: DocumentOf): Findings {
  const detectors = [...rules, ...queries];
  const nothingTested = detectors.every(({ verdict }) => verdict === 'not-tested');
  const told: Partial<Record<Verdict, Pick<Diagnostic, 'code' | 'severity' | 'hint'>>> = {
    fail: {
      code: 'replay-failed',
      severity: 'error',
      hint: 'raise a threshold until it is quiet, or change its budget',
    },
    'not-proven': {
      code: 'replay-unproven',
      severity: 'warning',
      hint: 'replay more days with --days, or measure it with tollgate measure',
    },
    'no-budget': {
      code: 'no-budget',
      severity: 'warning',
      hint: 'measure it with tollgate measure, and write the budget that this proves',
    },
    ...(nothingTested && {
      'not-tested': {
        code: 'replay-untested',
        severity: 'error',
        hint: 'replay it in a world that records its sources',
      },
    }),
  };
  const diagnostics = detectors.flatMap((detector): Diagnostic[] => {
    const found = told[detector.verdict];
    return found
      ? [{ ...placeOf(detector, documentOf), ...found, message: messageOf(detector), rule: detector.name }]
      : [];
  });
  return {
    files: new Set(detectors.map(({ path }) => path)).size,
    diagnostics: diagnostics.sort(byPosition),
    unplaced: differences.map((difference) => `the engines disagree: ${difference}`),
  };
}

/** Where its budget stands; without one, where it would be written. */
function placeOf({ path, id }: DetectorResult, documentOf: DocumentOf): Pick<Diagnostic, 'file' | 'line' | 'column'> {
  const document = documentOf(path, id);
  return { file: path, ...(document?.position(['tollgate', 'budget'], 'key') ?? { line: 1, column: 1 }) };
}

function messageOf({ name, verdict, reasons }: DetectorResult): string {
  return reasons.join('; ') || `${name}: ${verdict}`;
}
