import type { Check, Content, ScenarioName } from '../../../tools/command/check/content';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { parseQueries } from '../../../tools/detection/hunt/parse';
import { parseSigma } from '@tollgate/sigma/rules/parse';
import type { Contract, Field } from '../../../tools/telemetry/contract';

const keyword: Field = { type: 'keyword', meaning: 'x', evidence: 'documented' };

/** A contract with a field of each type and evidence. */
export const SHOP: Contract = {
  id: 'shop.sms',
  title: 'SMS log of a shop',
  description: 'Every message that the shop sends.',
  logsource: { product: 'shop', service: 'sms' },
  references: ['https://example.com/'],
  enabled: { byDefault: true, how: 'it is on' },
  delay: { typical: 'PT1S', worst: 'PT1M', evidence: 'documented' },
  retention: '30 days',
  time: { field: 'time', format: 'iso8601' },
  roles: { asset: 'shop', identity: null, destination: 'to' },
  step: ['state'],
  fields: {
    time: { ...keyword, type: 'date' },
    shop: keyword,
    to: keyword,
    state: { ...keyword, values: [{ of: ['sent', 'failed'], source: 'https://example.com/' }] },
    client: { ...keyword, type: 'ip', optional: true },
    price: { ...keyword, type: 'double', optional: true },
    code: { ...keyword, type: 'long', optional: true },
    test: { ...keyword, type: 'boolean', optional: true },
    carrier: { ...keyword, evidence: 'unverified', optional: true },
  },
  derived: {},
  never: ['The client.'],
  example: { time: '2026-01-05T00:00:00Z', shop: 'a', to: '+998000930000', state: 'sent' },
};

/** A rule that satisfies every check, with parts to put in or replace. */
export function rule(
  parts: Partial<
    Record<'title' | 'id' | 'status' | 'logsource' | 'selection' | 'tollgate' | 'falsepositives', string>
  > = {},
): string {
  return `title: ${parts.title ?? 'Messages of a shop that fail'}
id: ${parts.id ?? '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01'}
name: shop_failed
status: ${parts.status ?? 'test'}
description: Sees messages of a shop that could not be delivered, of which pumping leaves many.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.t1496.003]
logsource: ${parts.logsource ?? '{product: shop, service: sms}'}
detection:
  selection: ${parts.selection ?? '{state: failed}'}
  condition: selection
falsepositives: ${parts.falsepositives ?? '["outage: many messages fail"]'}
level: low
tollgate: ${parts.tollgate ?? TOLLGATE}
`;
}

const TOLLGATE =
  '{moment: during, evasion: He uses numbers that work., response: Look at the blocks that failed., catches: [pumping], budget: {max: 1, per: day, bound: upper95, world: worst}, shows: [refusal], acts: [shop.block-range]}';

/** A parameter for each number of the correlation. */
export const PARAMETERS =
  'parameters: {n: {at: correlation.condition.gte, range: [5, 200], unit: numbers, description: Fewest of them.}, w: {at: correlation.timespan, range: [5, 60], unit: minutes, description: How long they count.}}';

/** The second document of a rule file: a correlation over the rule above. */
export const CORRELATION = `title: Many failed messages of a shop
id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02
status: test
description: Sees twenty messages of a shop that could not be delivered within ten minutes.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.t1496.003]
correlation:
  type: value_count
  rules: [shop_failed]
  group-by: [shop]
  timespan: 10m
  condition: {gte: 20, field: to}
falsepositives: ["outage: many messages fail"]
level: low
tollgate: ${TOLLGATE.replace('{', `{${PARAMETERS}, `)}
`;

/** The rule and its correlation, with one text of it replaced. */
export function withCorrelation(from: string, to: string): string {
  return `${rule()}---\n${CORRELATION.replace(from, to)}`;
}

export function content(texts: { rules?: string; queries?: string; cases?: string } = {}): Content {
  const documents = (file: string, text = ''): Content['rules'] => (text === '' ? [] : parseYaml(file, text).documents);
  const rules = documents('rules/shop/shop_failed.yml', texts.rules);
  const queries = documents('queries/shop/shop_queries.yml', texts.queries);
  const contracts = new Map([[SHOP.id, SHOP]]);
  const scenarios: ScenarioName[] = [
    { name: 'outage', kind: 'benign' },
    { name: 'pumping', kind: 'malicious' },
  ];
  return {
    rules,
    queries,
    cases: documents('datasets/cases/shop_failed.yml', texts.cases),
    sigma: parseSigma(rules).rules,
    hunts: parseQueries(queries, contracts).queries,
    contracts,
    unread: [],
    scenarios,
    fieldEvidence: [],
    acts: new Set(['shop.block-range', 'shop.rotate-key', 'courier.block-range', 'application.refuse-range']),
    isJudged: () => true,
  };
}

/** What a check finds, as `line:column code: message | hint`. */
export function findings(check: Check, of: Content): string[] {
  return check
    .run(of)
    .map(({ line, column, code, message, hint }) => `${line}:${column} ${code}: ${message}${hint ? ` | ${hint}` : ''}`);
}
