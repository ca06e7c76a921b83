import { evaluate, parse, type Event } from '@tollgate/sigma';

/** Rules with what depends most on where they run: encodings, expressions, addresses, letters, dates, every kind of window. */
const RULES = `
title: Encoded
logsource: {product: p}
detection:
  selection:
    - a|base64offset|contains: hello
    - a|utf16|base64offset|contains: wörld
    - a|wide|base64offset|contains: ping
  condition: selection
---
title: Searched
logsource: {product: p}
detection:
  selection:
    - a|re|i: '^str[aä]+ße\\d{2,}$'
    - a|windash|contains: ' -enc '
    - ip|cidr: [10.0.0.0/8, '2001:db8::/32']
    - n|gt: 9007199254740993
  keywords: ['*ΟΔΟΣ*']
  condition: 1 of them
---
title: Any
name: any
logsource: {product: p}
detection:
  selection: {who: '*'}
  condition: selection
---
title: Counted
correlation: {type: event_count, rules: [any], group-by: [who], timespan: 5m, condition: {gte: 3}}
---
title: Distinct
correlation: {type: value_count, rules: [any], group-by: [who], timespan: 5m, condition: {field: a, gte: 3}}
---
title: Median
correlation: {type: value_median, rules: [any], group-by: [who], timespan: 5m, condition: {field: m, gte: 2}}
`;

const EVENTS: Event[] = [
  { a: 'say aGVsbG8gd29ybGQ= now', who: 'ann', m: 1 },
  { a: 'dwD2AHIAbABkAA==', who: 'ann', m: 2 },
  { a: 'cABpAG4AZwA=', who: 'ann', m: 3 },
  { a: 'STRAẞE10', who: 'bob', m: 4 },
  { a: 'straße10', who: 'bob', m: 5 },
  { a: 'x –enc y', who: 'bob', m: 6 },
  { ip: '10.1.2.3', note: 'odos οδοσ' },
  { ip: ['::1', '2001:db8::5'] },
  { n: 9007199254740995n },
];

/** What the rules find in the events, as text. */
export function judged(): string {
  const { rules, diagnostics } = parse(RULES);
  const timed = EVENTS.map((event, minute) => ({ ...event, '@timestamp': `2026-01-05T10:0${minute}:00+01:00` }));
  const { matches, alerts } = evaluate(rules, timed);
  const found = {
    problems: diagnostics.map(({ message }) => message),
    matches: matches.map(({ rule, event }) => [rule.title, event]),
    alerts: alerts.map(({ rule, group, value, start, end, events }) => [rule.title, group, value, start, end, events]),
  };
  return JSON.stringify(found);
}
