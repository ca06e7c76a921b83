import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = `title: An event
id: 5d0ef0a5-6d4c-4d0e-9d7e-0c9a4dd7a001
name: event
logsource: {product: test}
detection:
  all: {k: 1}
  condition: all
---
title: Many events of one user
id: 5d0ef0a5-6d4c-4d0e-9d7e-0c9a4dd7a002
correlation:
  type: event_count
  rules: [event]
  group-by: [u]
  timespan: 1d
  condition: {gte: 2}
`;

/** Writes a rule and events into a folder. Returns the arguments of a `match` that holds more matches than it sorts in memory. */
export function writeManyMatches(folder: string): string[] {
  writeFileSync(join(folder, 'events.ndjson'), manyEvents(600_000));
  writeFileSync(join(folder, 'rule.yml'), RULES);
  return ['match', '--rules', join(folder, 'rule.yml'), '--events', join(folder, 'events.ndjson')];
}

/** So many events as lines; each is of another user. */
export function manyEvents(count: number): string {
  const event = (n: number): string => `{"@timestamp":"2026-01-01T00:00:00Z","k":1,"u":"${n}"}\n`;
  return Array.from({ length: count }, (_, n) => event(n)).join('');
}
