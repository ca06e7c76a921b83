import { count, holding, listOf, mapOf, number, orNull, text, truth, wrongEntry, type StoredForm } from './form';

const until = holding(
  both(orNull(holding({ seconds: holding({ median: number, p95: number }), messages: number, usd: number }))),
);
const campaigns = { world: text, scenario: text, pace: text, caught: count, missed: count, blind: count };

const detector = holding({
  id: text,
  title: text,
  kind: text,
  path: text,
  level: text,
  sources: listOf(text),
  worlds: listOf(
    holding({
      world: text,
      episodes: count,
      days: number,
      sends: number,
      nearness: orNull(number),
      nearest: orNull(text),
    }),
  ),
  specials: listOf(holding({ world: text, scenario: text, perYear: number, occurrences: count, episodes: count })),
  campaigns: listOf(holding(campaigns)),
  until,
  truePositives: number,
  induced: number,
  added: holding({ alone: count, first: count, secondsEarlier: orNull(number) }),
});

const counts = { incidents: count, high: count };

const pack = holding({
  world: text,
  days: number,
  sends: number,
  episodes: listOf(holding({ level: text, episodes: count, days: number })),
  campaigns: listOf(
    holding({
      ...campaigns,
      atHigh: count,
      beforeHalf: count,
      beforeNineTenths: count,
      byTwoSources: count,
      alerts: listOf(count),
      incidents: listOf(count),
      cost: number,
      lost: number,
      lostBeforeHigh: number,
      lostAtBound: number,
    }),
  ),
  until,
  incidents: holding(counts),
  honest: listOf(holding({ scenario: text, perYear: number, occurrences: count, ...counts })),
});

const shares = { present: count, caught: count };
const side = {
  benign: holding({ perDay: number, world: text }),
  campaigns: holding({ ...shares, blind: count }),
  loud: holding(shares),
  slow: holding(shares),
  usd: holding({ lost: number, present: number }),
  medianSeconds: orNull(number),
};

const comparison = holding({
  name: text,
  title: text,
  published: holding(side),
  packAtItsRate: holding({ ...side, used: count, of: count }),
  atPackRate: orNull(holding({ ...side, factor: number })),
  blind: listOf(text),
});

const set = {
  digests: mapOf(text),
  units: listOf(
    holding({ world: text, seed: number, days: number, detectors: text, engine: text, events: number, found: text }),
  ),
  detectors: listOf(detector),
  pack: listOf(pack),
  comparisons: orNull(holding({ pack: holding(side), baselines: listOf(comparison) })),
};

const RESULTS: Record<string, StoredForm> = {
  ...set,
  development: truth,
  independent: orNull(holding(set)),
};

/** What in a value keeps it from being the results of a measurement; null where nothing does. */
export function wrongWithResults(value: unknown): string | null {
  const wrong = wrongEntry(value, RESULTS);
  return wrong === null ? null : wrong === '' ? 'it' : `'${wrong}'`;
}

function both(form: StoredForm): { loud: StoredForm; slow: StoredForm } {
  return { loud: form, slow: form };
}
