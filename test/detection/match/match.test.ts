import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scalarAt, type Event } from '@tollgate/sigma/values/event';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { correlateAll, fieldsOfDetections } from '@tollgate/sigma/correlate/chain';
import type { Alert } from '@tollgate/sigma/correlate/types';
import { detectionsOf, matchEvents, type MatchSummary } from '../../../tools/detection/match/run';
import { Threads } from '../../../tools/detection/match/threads';
import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { parseSigma } from '@tollgate/sigma/rules/parse';

const RULES = `
title: A send
id: 00000000-0000-4000-8000-000000000001
name: send
logsource: {product: x}
detection:
  selection: {kind: send}
  condition: selection
---
title: Many sends
id: 00000000-0000-4000-8000-000000000002
name: many
correlation:
  type: event_count
  rules: [send]
  group-by: [who]
  timespan: 1m
  condition: {gte: 3}
---
title: Something odd
id: 00000000-0000-4000-8000-000000000003
logsource: {product: x}
detection:
  keywords: ['*odd*']
  condition: keywords
`;
const START = Date.UTC(2026, 0, 1);
/** Events as they come, of no source. */
const RAW = { contracts: null, known: () => [] };

interface Found {
  pairs: [event: number, rule: string][];
  alerts: Alert[];
  bad: string[];
  summary: MatchSummary;
}

describe('matching events', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const { rules, diagnostics } = parseSigma(parseYaml('rules.yml', RULES).documents);

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  async function match(files: string[], threadCount: number): Promise<Found> {
    const threads = new Threads(threadCount);
    const found: Omit<Found, 'summary'> = { pairs: [], alerts: [], bad: [] };
    const detections = detectionsOf(rules);
    try {
      const summary = await matchEvents({ rules, files, reading: RAW }, threads, {
        unreadable: (_, failure) => {
          throw failure;
        },
        matches: (pairs, first) => {
          for (let i = 0; i < pairs.length; i += 2)
            found.pairs.push([first + pairs[i]!, detections[pairs[i + 1]!]!.title]);
        },
        alert: (_rule, alert) => found.alerts.push(alert),
        bad: (file, { line }) => found.bad.push(`${file.slice(folder.length + 1)}:${line}`),
        read: () => undefined,
        drained: () => Promise.resolve(),
      });
      return { ...found, summary };
    } finally {
      await threads.close();
    }
  }

  it('finds what the predicates and the correlator find, with threads and without', async () => {
    expect(diagnostics).to.deep.equal([]);
    const events: Event[] = Array.from({ length: 60_000 }, (_, n) => ({
      // Out of order by up to 20 s, and several at a time.
      time: new Date(START + ((n * 7919) % 60_000) * 10 - ((n * 31) % 20) * 1000).toISOString(),
      kind: n % 3 === 0 ? 'send' : 'other',
      who: `who-${(n * 104729) % 997}`,
      note: n % 1000 === 7 ? 'this is ODD' : 'x'.repeat(60),
    }));
    const file = write('many.ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const detections = detectionsOf(rules);
    const pairs = events.flatMap((event, n) =>
      detections.filter(({ plan }) => compilePredicate(plan)(event)).map(({ title }) => [n, title] as [number, string]),
    );
    const fields = fieldsOfDetections(rules);
    const expected = correlateAll(
      rules,
      [...fields].map(([rule, needed]) => ({
        rule,
        fields: needed,
        matches: events.flatMap((event, n) => {
          const time = Date.parse(event['time'] as string);
          const values = needed.map((field) => scalarAt(event, field));
          return event['kind'] === 'send' ? [{ event: n, time, ingested: time, values }] : [];
        }),
      })),
    ).get('00000000-0000-4000-8000-000000000002')!.alerts;
    expect(expected.length).to.be.above(100);
    const key = ({ group, start, end, value, events: all }: Alert) => JSON.stringify({ group, start, end, value, all });
    for (const threads of [0, 2]) {
      const found = await match([file], threads);
      expect(found.pairs, `${threads} threads`).to.deep.equal(pairs);
      expect(found.alerts.map(key).sort(), `${threads} threads`).to.deep.equal(expected.map(key).sort());
      expect(found.summary).to.include({ events: 60_000, bad: 0, untimed: 0 });
    }
  });

  it('passes over malformed lines and tells their numbers in each file', async () => {
    const one = write('one.ndjson', '{"kind":"send"}\n\n{oops\n[1]\n{"kind":"send"}');
    const two = write('two.ndjson', 'nothing\n{"kind":"send","time":1767225600}\n');
    for (const threads of [0, 2]) {
      const found = await match([one, two], threads);
      expect(found.bad).to.deep.equal(['one.ndjson:3', 'one.ndjson:4', 'two.ndjson:1']);
      expect(found.pairs.map(([event]) => event)).to.deep.equal([0, 4, 6]);
      expect(found.summary).to.include({ events: 3, bad: 3, untimed: 2 });
      expect(found.summary.excluded.get('00000000-0000-4000-8000-000000000002')).to.equal(1);
    }
  });

  it('takes records of no known source out of the index, or from behind the time, that stands around them', async () => {
    const event = '{"kind":"send","time":"2026-01-01T00:00:00Z"}';
    const indexed = write('indexed.ndjson', `{"_index":"x","_id":"1","_source":${event}}\n`);
    const timed = write('timed.log', `2026-01-01T00:00:00.000Z ${event}\n`);
    for (const file of [indexed, timed]) {
      const found = await match([file], 0);
      expect(found.pairs.map(([number]) => number)).to.deep.equal([0]);
      expect(found.summary).to.include({ events: 1, bad: 0, untimed: 0 });
    }
  });
});
