import type { UnitResult } from '../replay/unit';
import type { WorldDigest } from './digest';
import type { UnitSpec } from './plan';

/** One finished unit, as a line of the journal. */
export interface Finished {
  /** Of the content that was measured, as far as the unit's world depends on it. */
  digest: WorldDigest;
  unit: UnitSpec;
  result: UnitResult;
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

/** What a value must look like. */
type Form = (value: unknown) => boolean;

const text: Form = (value) => typeof value === 'string';
const number: Form = (value) => typeof value === 'number';
const orNull =
  (form: Form): Form =>
  (value) =>
    value === null || form(value);
const listOf =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(form);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object with these entries; it may have more. */
const holding =
  (entries: Record<string, Form>): Form =>
  (value) =>
    isObject(value) && Object.entries(entries).every(([name, form]) => form(value[name]));
const mapOf =
  (form: Form): Form =>
  (value) =>
    isObject(value) && Object.values(value).every(form);

const judgement = holding({
  world: text,
  seed: number,
  days: number,
  sends: number,
  benignEvents: number,
  ordinary: holding({ episodes: number, alerts: number }),
  specials: listOf(holding({ world: text, scenario: text, perYear: number, occurrences: number, episodes: number })),
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
      holding({ scenario: text, occurrence: number, messages: number, usd: number, busiestHour: number }),
    ),
    differences: listOf(text),
  }),
});
