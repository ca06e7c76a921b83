import type { CorrelationRule, DetectionRule, RuleBase } from '@tollgate/sigma/rules/model';
import type { Expr, Test } from '@tollgate/sigma/rules/plan';
import type { WholeContent } from '../../tools/export/target';
import type { Contract, Field } from '../../tools/telemetry/contract';

const text = (more: Partial<Field> = {}): Field => ({
  type: 'keyword',
  meaning: 'A text',
  evidence: 'documented',
  ...more,
});

/** A source of every type of field. */
export const SHOP: Contract = {
  id: 'shop.log',
  title: 'The log of a shop',
  description: 'What customers do.',
  logsource: { product: 'shop', service: 'log' },
  references: ['https://shop.example/log'],
  enabled: { byDefault: true, how: 'It is always on.' },
  delay: { typical: 'PT1S', worst: 'PT1M', evidence: 'documented' },
  retention: '30 days',
  time: { field: 'time', format: 'iso8601' },
  roles: { asset: 'shop', identity: 'client.ip', destination: 'number' },
  step: ['action'],
  fields: {
    time: { type: 'date', meaning: 'When', evidence: 'documented' },
    action: text(),
    shop: text(),
    'client.ip': { type: 'ip', meaning: 'Where from', evidence: 'documented', optional: true },
    'cs-agent': text({ optional: true }),
    number: text({ optional: true }),
    other: text({ optional: true }),
    tries: { type: 'long', meaning: 'How often', evidence: 'documented', optional: true },
    price: { type: 'double', meaning: 'How much', evidence: 'documented', optional: true },
    new: { type: 'boolean', meaning: 'New', evidence: 'documented', optional: true },
    labels: text({ list: true, optional: true }),
  },
  derived: {
    block: { ...text({ optional: true }), derive: { how: 'block', from: 'number' } },
    range: { ...text({ optional: true }), derive: { how: 'range', from: 'number' } },
  },
  never: [],
  example: {},
};

export const DOOR: Contract = {
  ...SHOP,
  id: 'shop.door',
  title: 'The door of a shop',
  logsource: { product: 'shop', service: 'door' },
  delay: { typical: 'PT1S', worst: 'PT2H', evidence: 'documented' },
};

export const CONTRACTS = new Map([SHOP, DOOR].map((contract) => [contract.id, contract]));

const base = (id: string): RuleBase => ({
  id,
  title: `Rule ${id}`,
  status: 'test',
  level: 'high',
  description: `What ${id} sees.`,
  references: ['https://shop.example/fraud'],
  tags: ['attack.impact', 'attack.t1496.003'],
  falsepositives: ['A sale.'],
  attributes: {},
  file: `rules/shop/${id}.yml`,
  document: 0,
});

export const test = (value: Test): Expr => ({ op: 'test', test: value });

/** A field equals a text, whatever its case. */
export function equals(field: string, value: string, cased = false): Expr {
  return test({ kind: 'pattern', field, parts: value === '' ? [] : [value], cased });
}

export function detection(id: string, expr: Expr, more: Partial<DetectionRule> = {}): DetectionRule {
  return { ...base(id), kind: 'detection', logsource: SHOP.logsource, plan: { expr, fields: fieldsIn(expr) }, ...more };
}

export function correlation(id: string, more: Partial<CorrelationRule>): CorrelationRule {
  return {
    ...base(id),
    kind: 'correlation',
    type: 'event_count',
    rules: ['bought'],
    groupBy: ['shop'],
    aliases: {},
    timespanMs: 600_000,
    condition: { gte: 3 },
    generate: false,
    ...more,
  };
}

function fieldsIn(expr: Expr): string[] {
  switch (expr.op) {
    case 'and':
      return [...new Set(expr.all.flatMap(fieldsIn))].sort();
    case 'or':
      return [...new Set(expr.any.flatMap(fieldsIn))].sort();
    case 'not':
      return fieldsIn(expr.expr);
    case 'test':
      return [
        ...(expr.test.field === null ? [] : [expr.test.field]),
        ...('other' in expr.test ? [expr.test.other] : []),
      ];
    default:
      return expr satisfies never;
  }
}

/** No content but the contracts of the fixture. */
export const NOTHING: WholeContent = {
  rules: [],
  queries: [],
  incidents: [],
  contracts: CONTRACTS,
  acts: new Map(),
  written: { documents: [], placeholders: {} },
  shapes: [],
};
