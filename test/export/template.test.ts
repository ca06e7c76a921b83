import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import type { Client } from '@elastic/elasticsearch';
import { openClient } from '../../tools/detection/elasticsearch/client';
import { indexTemplate } from '../../tools/export/lucene/template';
import { realNode } from '../detection/elasticsearch/node';
import { contractOf } from '../telemetry/contracts';

const TIME = '2026-08-04T02:10:00.000Z';

describe('index templates for Elastic', () => {
  const node = realNode();
  const prefix = `template-${randomBytes(4).toString('hex')}`;
  let client: Client;

  /** Indexes records as the source's template has it, and counts those that a query in Lucene's syntax finds. */
  async function found(source: string, records: object[], query: string): Promise<number> {
    const index = `${prefix}-${source.replace('.', '-')}`;
    const { template } = indexTemplate(contractOf(source)) as {
      template: { settings: { index: Record<string, unknown> }; mappings: object };
    };
    const settings = { ...template.settings.index };
    delete settings['default_pipeline'];
    await client.indices.create({ index, settings: { index: settings }, mappings: template.mappings });
    try {
      for (const record of records) await client.index({ index, document: { '@timestamp': TIME, ...record } });
      await client.indices.refresh({ index });
      const { count } = await client.count({ index, q: query });
      return count;
    } finally {
      await client.indices.delete({ index });
    }
  }

  before(() => {
    client = openClient(node().access);
  });
  after(() => client?.close());

  it('take each record of Auth0, whatever its body is', async () => {
    const bodies = [
      ...[[], ['all-applications'], 'accepted', 5, true, null, [{ enabled: true }, 'x']],
      ...['disabled', { since: TIME }, [true, 'x'], 3, null].map((enabled) => ({ enabled })),
      { enabled: false, policy: { name: 'off' } },
      { enabled: false, policy: 'off' },
    ];
    const records = bodies.map((body) => ({ type: 'sapi', details: { request: { body }, response: { body } } }));
    expect(await found('auth0.tenant', records, 'type:sapi AND NOT type:none')).to.equal(bodies.length);
    expect(await found('auth0.tenant', records, 'details.response.body.enabled:false')).to.equal(2);
    expect(await found('auth0.tenant', records, 'details.request.body.policy.folded:OFF')).to.equal(1);
  });

  it('look into lists of objects and into objects, dotted or not', async () => {
    const records = [
      { target: [{ id: 'a', type: 'User' }, { id: 'b' }], actor: { id: 'c' } },
      { target: { id: 'a' }, 'actor.id': 'c' },
      { target: 'a', actor: 'c' },
    ];
    expect(await found('okta.system', records, 'target.id:a')).to.equal(2);
    expect(await found('okta.system', records, 'target.id:b AND target.type.folded:user')).to.equal(1);
    expect(await found('okta.system', records, 'actor.id:c')).to.equal(2);
    const changed = { event_data: { resource_properties: [{ name: 'Azerbaijan', updated: 'enabled' }] } };
    const query = 'event_data.resource_properties.name:Azerbaijan';
    expect(await found('twilio.monitor', [changed, { event_data: 'none' }], query)).to.equal(1);
  });

  it('refuse a record without its time', async () => {
    let refused: unknown;
    await found('auth0.tenant', [{ '@timestamp': 'yesterday' }], '*').catch((error: unknown) => (refused = error));
    expect(refused).to.be.instanceOf(Error);
  });
});
