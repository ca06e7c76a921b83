import type { UnitResult } from '../replay/unit';
import type { WorldDigest } from './digest';
import { count, holding, listOf, mapOf, number, orNull, text } from './form';
import type { UnitSpec } from './plan';

/** One finished unit, as a line of the journal. */
export interface Finished {
  /** Of the content that was measured, as far as the unit's world depends on it; its documents are those that were measured. */
  digest: WorldDigest;
  unit: UnitSpec;
  result: UnitResult;
  /** Of rules and queries alone that came when the unit was finished before: its events are not all of the unit's. */
  rest?: boolean;
}

/** The finished unit that a line of the journal holds; undefined where it holds anything else, be it JSON. */
export function finishedIn(line: string): Finished | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFinished(value) ? (value as Finished) : undefined;
  } catch {
    return undefined;
  }
}

const lasting = { from: number, to: number, alerts: count };
const span = holding(lasting);

const judgement = holding({
  world: text,
  seed: number,
  days: number,
  sends: number,
  benignEvents: number,
  ordinary: holding({ episodes: count, alerts: count, spans: listOf(span) }),
  specials: listOf(
    holding({
      world: text,
      scenario: text,
      perYear: number,
      occurrences: count,
      episodes: count,
      spans: listOf(span),
    }),
  ),
  campaigns: listOf(
    holding({
      world: text,
      seed: number,
      scenario: text,
      occurrence: number,
      outcome: text,
      seconds: orNull(number),
      messages: number,
      usd: number,
      spans: listOf(holding({ ...lasting, usd: number })),
    }),
  ),
  truePositives: number,
  induced: number,
  excluded: number,
  nearness: orNull(number),
  nearest: orNull(text),
});

const detector = holding({
  id: text,
  title: text,
  kind: text,
  path: text,
  level: text,
  status: text,
  shows: listOf(text),
  sources: listOf(text),
  alertsOn: text,
  catches: listOf(text),
});

const isFinished = holding({
  digest: holding({ data: text, documents: mapOf(text) }),
  unit: holding({ world: text, seed: number, days: number, detectors: text, engine: text }),
  result: holding({
    world: text,
    seed: number,
    days: number,
    engine: holding({ name: text, version: text }),
    events: holding({ expected: number, indexed: number }),
    decided: holding({ alone: number, requests: number }),
    detectors: listOf(
      holding({ detector, judgement, others: listOf(holding({ window: holding({ model: text }), judgement })) }),
    ),
    campaigns: listOf(
      holding({
        scenario: text,
        occurrence: number,
        messages: number,
        usd: number,
        busiestHour: number,
        usdAtBound: number,
      }),
    ),
    differences: listOf(text),
  }),
});
