import type { Contract, Field, FieldType } from '../../../tools/telemetry/contract';

function field(type: FieldType, more: Partial<Field> = {}): Field {
  return { type, meaning: 'for a test', evidence: 'documented', optional: true, ...more };
}

/** A contract with a field of each type; nested names, and a list. */
export const CONTRACT: Contract = {
  id: 'test.source',
  title: 'Test',
  description: 'For tests.',
  logsource: { product: 'test' },
  references: [],
  enabled: { byDefault: true, how: '' },
  delay: { typical: 'PT0S', worst: 'PT0S', evidence: 'documented' },
  retention: 'P1D',
  time: { field: 'at', format: 'iso8601' },
  roles: { asset: 'name', identity: null, destination: null },
  step: ['name'],
  fields: {
    name: field('keyword'),
    'names.part': field('keyword'),
    'deep.er.name': field('keyword'),
    tags: field('keyword', { list: true }),
    address: field('ip'),
    count: field('long'),
    price: field('double'),
    ok: field('boolean'),
    at: field('date'),
  },
  derived: {},
  never: [],
  example: {},
};
