import { readFileSync } from 'node:fs';
import { Failure } from '../../foundation/content/failure';
import { systemReason } from '../../foundation/content/write';
import { count, holding, listOf, number, orNull, text, wrongEntry, type StoredForm } from '../measure/form';
import type { ReplayReport } from '../replay/result';

/** What a comparison reads of one rule or query. */
const detector = holding({
  id: text,
  name: text,
  path: text,
  level: text,
  verdict: text,
  campaigns: holding({ present: count, caught: count, blind: count }),
  benign: holding({ episodes: count, days: number }),
  specials: listOf(holding({ world: text, scenario: text, episodes: count })),
  outcomes: listOf(holding({ world: text, scenario: text, occurrence: count, outcome: text })),
  lossBeforeAlert: holding({ usd: orNull(number) }),
});

const report: Record<string, StoredForm> = {
  seed: count,
  days: number,
  window: text,
  worlds: listOf(text),
  rules: listOf(detector),
  queries: listOf(detector),
  totals: holding({
    campaigns: holding({ present: count, caught: count, atHigh: count }),
    benignIncidentsPerDay: number,
    usdLost: number,
    usdLostBeforeHigh: number,
    usdSaved: number,
  }),
};

/** Larger than that of any replay; what somebody else sends is not read without end. */
const MAX_BYTES = 64 << 20;

/**
 * The JSON report of a replay in a file, of which only what `changesOf` reads is there for certain: it may come from anybody. Throws a
 * `Failure`: (3) where it can't be read, (1) where it is no report.
 */
export function readReport(file: string): ReplayReport {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failure(3, `cannot read ${file}: ${systemReason(error)}`);
  }
  const hint = '`tollgate replay --format json` writes one';
  if (bytes.length > MAX_BYTES) throw new Failure(1, `${file} is not the report of a replay: it is over 64 MiB`, hint);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Failure(1, `${file} is not the report of a replay: ${(error as SyntaxError).message}`, hint);
  }
  const wrong = wrongEntry(value, report);
  if (wrong !== null)
    throw new Failure(1, `${file} is not the report of a replay: ${wrong || 'it'} is not as it should be`, hint);
  return value as ReplayReport;
}
