import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { openClient } from '../../tools/detection/elasticsearch/client';
import { indexTemplate } from '../../tools/export/lucene/template';
import { fieldsOf, type Contract } from '../../tools/telemetry/contract';
import { loadContracts } from '../../tools/telemetry/load';
import { scalarAt } from '@tollgate/sigma/values/event';
import { realNode } from '../detection/elasticsearch/node';

const { contracts } = loadContracts(join(__dirname, '../../schemas/telemetry'));

/** What a field may hold in somebody's record, whatever its documentation says. */
const ODD: unknown[] = [
  '',
  'no number, date or address',
  'x'.repeat(40_000),
  -1,
  1e300,
  12345678901234567890n.toString(),
  true,
  null,
  [],
  ['a', 1, null],
  [{ a: 1 }, { a: { b: [2] } }],
  { a: 'b' },
  { a: { b: 1 }, 'c.d': [] },
];

/** A record of which one field, or a part on the way to it, holds something else. */
function withValue(path: string, value: unknown): Record<string, unknown> {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  return { [first]: rest.length === 0 ? value : withValue(rest.join('.'), value) };
}

function oddRecords(contract: Contract): Record<string, unknown>[] {
  const places = Object.keys(fieldsOf(contract)).flatMap((field) => {
    const keys = field.split('.');
    return keys.map((_, i) => keys.slice(0, i + 1).join('.'));
  });
  const time = { '@timestamp': '2026-08-04T00:00:00Z' };
  return [...new Set(places)]
    .filter((place) => place !== '@timestamp')
    .flatMap((place) => ODD.map((value) => ({ ...time, ...withValue(place, value) })));
}

describe('the index templates for Elastic', () => {
  const node = realNode();
  const index = `tollgate-test-${randomBytes(4).toString('hex')}`;
  let client: Client;

  before(() => (client = openClient(node().access)));
  afterEach(() => client.indices.delete({ index, ignore_unavailable: true }));
  after(() => client?.close());

  for (const contract of contracts.values())
    it(`take records of ${contract.id} whatever a field holds`, async () => {
      const { template } = indexTemplate(contract) as {
        template: { settings: { index: Record<string, unknown> }; mappings: Record<string, unknown> };
      };
      const { analysis, mapping } = template.settings.index;
      await client.indices.create({ index, settings: { analysis, mapping }, mappings: template.mappings } as never);
      const records = oddRecords(contract);
      const { items } = await client.bulk({
        index,
        refresh: true,
        operations: records.flatMap((record) => [{ index: {} }, record]),
      });
      const refused = items.flatMap(({ index: item }, i) =>
        item?.error ? [`${JSON.stringify(records[i]).slice(0, 120)}: ${item.error.reason}`] : [],
      );
      expect(refused).to.deep.equal([]);
      const texts = Object.entries(contract.fields).filter(
        ([field, { type }]) => type === 'keyword' && scalarAt(contract.example, field) !== null,
      );
      await client.index({ index, id: 'example', refresh: true, document: { ...contract.example, '@timestamp': 0 } });
      for (const [field] of texts) {
        const query = { bool: { filter: [{ ids: { values: ['example'] } }, { exists: { field } }] } };
        expect((await client.count({ index, query })).count, field).to.equal(1);
      }
    });
});
