import { expect } from 'chai';
import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { Failure } from '../../../tools/foundation/content/failure';
import type { Event } from '@tollgate/sigma/values/event';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { indexFor } from '../../../tools/detection/elasticsearch/run-index';
import { huntByAggregation } from '../../../tools/detection/hunt/aggregate';
import { huntInCluster } from '../../../tools/detection/hunt/cluster';
import { evaluateHunt, type HuntOptions } from '../../../tools/detection/hunt/evaluate';
import { RecordMatcher, spanOf } from '../../../tools/detection/hunt/records';
import { settledRun } from '../../../tools/detection/hunt/runs';
import type { HuntQuery } from '../../../tools/detection/hunt/types';
import { fieldsOf } from '../../../tools/telemetry/contract';
import { changed } from '../elasticsearch/lies';
import { LyingProxy } from '../elasticsearch/lying-proxy';
import { realNode } from '../elasticsearch/node';
import { CONTRACT, DAY, HOUR, MINUTE, query } from './fixture';

const NOON = Date.UTC(2026, 7, 4, 12);

const record = fc
  .record({
    minute: fc.integer({ min: -300, max: 100 }),
    action: fc.constantFrom('otp_sent', 'OTP_Sent', 'otp_verified', 'otp_expired'),
    id: fc.integer({ min: 0, max: 40 }),
    country: fc.constantFrom('AZ', 'az', 'UZ', 'ÉC', '', null),
    block: fc.constantFrom('+99400010', '+99400011', ['+99400010', '+99400012'], null),
    ip: fc.constantFrom('198.51.100.7', '192.0.2.1', '2001:db8::1', '2001:DB8:0::1', null),
    price: fc.constantFrom(0.1, 0.2, 0.3, -1, 7, null),
    labels: fc.constantFrom(['a', 'b'], ['b', 'b'], 'c', null),
    asset: fc.constantFrom('shop', 'bank', 'shop*'),
  })
  .map(({ minute, action, id, country, block, ip, price, labels, asset }): Event => ({
    '@timestamp': new Date(NOON + minute * MINUTE).toISOString(),
    timestamp: new Date(NOON + minute * MINUTE).toISOString(),
    event: { action, ingested: new Date(NOON + minute * MINUTE).toISOString() },
    otp: { id: `o${id}` },
    client: { ip },
    destination: { number: `+99400010${1000 + id}`, block, country },
    asset: { id: asset },
    price,
    labels,
  }));

const QUERIES: HuntQuery[] = [
  query({
    parameters:
      '{min_sends: {type: integer, default: 1, unit: messages, description: Fewest messages that say something.}}',
    having: 'sends >= $min_sends and conversion < 0.9',
  }),
  query({
    window: '{default: 2h, max: 7d}',
    baseline: '{length: 2h}',
    measures:
      '{doc_count: {count: sent}, key: {count: passed, over: baseline}, shared: {distinct: otp.id, of: sent, also: passed, over: baseline}, names: {distinct: labels, of: sent}, addresses: {distinct: client.ip, of: passed}, total: {sum: price, of: sent}, mean: {avg: price, of: sent}, least: {min: price, of: passed}, most: {max: price, of: sent, over: baseline}, p: {percentile: price, at: 30, of: sent}, gap: {gap: sent, at: 40}, gap_before: {gap: passed, at: 75, over: baseline}}',
    derive: '{odd: total / (mean - least)}',
    having: 'doc_count >= $min_sends or odd > 1 or key > 2',
    sort: '[-total, names]',
    parameters:
      '{min_sends: {type: integer, default: 2, unit: messages, description: Fewest messages that say something.}}',
    'group-by': '[asset.id, client.ip]',
    pivot: '{before: nothing to see, after: nothing to see}',
  }),
  query({
    detection:
      "{sent: {event.action|startswith: 'otp_s', price|gte: 0.1}, passed: {event.action|endswith: 'D', labels|exists: true}, condition: sent or passed}",
    parameters: null,
    having: 'sends > 0 or before > 0',
    'group-by': '[destination.country]',
  }),
];

describe('a hunt in a real Elasticsearch', () => {
  const node = realNode();
  const made = `tollgate-test-hunt-${randomBytes(4).toString('hex')}`;
  const [strict, guessed, broken] = [`${made}-strict`, `${made}-guessed`, `${made}-broken`];
  const records = fc.sample(record, { numRuns: 3000, seed: 4 });
  const options: HuntOptions = { at: NOON + DAY, from: NOON - HOUR, to: NOON + HOUR };

  /** The same hunt in this process. */
  function inMemory(of: HuntQuery, events: Event[], more: Partial<HuntOptions> = {}) {
    const matcher = new RecordMatcher(of, CONTRACT, spanOf(of, settledRun(of, { ...options, ...more })));
    for (const event of events) matcher.take(event);
    return evaluateHunt(of, matcher.inputs, { ...options, ...more });
  }

  /** Indexes records as the engine does, with what it notes beside each. */
  async function fill(index: string, events: Event[]): Promise<void> {
    const client = openClient(node().access);
    const operations = events.flatMap((event, n) => {
      const odd = JSON.stringify(event).includes('null') ? ['null'] : [];
      return [{ index: { _index: index } }, { ...event, tollgate: { n, odd } }];
    });
    const { errors } = await client.bulk({ operations, refresh: true });
    expect(errors).to.equal(false);
    await client.close();
  }

  async function cluster(index: string, of: HuntQuery, more: Partial<HuntOptions> = {}) {
    const client = openClient(node().access);
    try {
      return await huntInCluster(client, index, of, CONTRACT, { ...options, ...more });
    } finally {
      await client.close();
    }
  }

  before(async () => {
    const client = openClient(node().access);
    for (const index of [strict, broken]) await client.indices.create({ index, ...indexFor(CONTRACT) });
    await client.indices.create({ index: guessed, settings: { number_of_replicas: 0 } });
    await client.close();
    await fill(strict, records);
    await fill(guessed, records.slice(0, 500));
    await fill(broken, [
      ...records.slice(0, 500),
      { ...records[0]!, '@timestamp': new Date(NOON).toISOString(), price: 'dear' },
    ]);
  });

  after(async () => {
    if (node() === undefined) return;
    const client = openClient(node().access);
    await client.indices.delete({ index: [strict, guessed, broken], ignore_unavailable: true });
    await client.close();
  });

  for (const [number, of] of QUERIES.entries()) {
    it(`counts with aggregations as in memory: query ${number}`, async () => {
      const { by, reason, ...answer } = await cluster(strict, of);
      expect(answer).to.deep.equal(inMemory(of, records));
      expect(answer.rows.length).to.be.greaterThan(3);
      // The third asks whether labels exist, which nulls and empty lists do: only the records tell.
      expect(by, reason).to.equal(number === 2 ? 'documents' : 'aggregations');
    });

    it(`fetches the records where the index has other fields, with the same answer: query ${number}`, async () => {
      const { by, reason, ...answer } = await cluster(guessed, of);
      expect(answer).to.deep.equal(inMemory(of, records.slice(0, 500)));
      expect(by).to.equal('documents');
      expect(reason).to.match(/the index (cannot be searched|does not)/);
    });
  }

  it('fetches the records where one has a value that the index could not take', async () => {
    const events = [
      ...records.slice(0, 500),
      { ...records[0]!, '@timestamp': new Date(NOON).toISOString(), price: 'dear' },
    ];
    const { by, reason, ...answer } = await cluster(broken, QUERIES[1]!);
    expect(answer).to.deep.equal(inMemory(QUERIES[1]!, events));
    expect([by, reason]).to.deep.equal(['documents', '1 records have a value that the index could not take']);
  });

  it('counts the same over many small pages', async () => {
    const client = openClient(node().access);
    const answer = await huntByAggregation(client, strict, QUERIES[1]!, fieldsOf(CONTRACT), options, 7);
    await client.close();
    expect(answer).to.deep.equal(inMemory(QUERIES[1]!, records));
  });

  it('binds the scope as values', async () => {
    for (const scope of [
      { asset: 'shop' },
      { asset: 'shop*' },
      { asset: '*' },
      { asset: 'bank', identity: '192.0.2.1' },
    ]) {
      const { by, reason, ...answer } = await cluster(strict, QUERIES[0]!, { scope });
      expect(answer).to.deep.equal(inMemory(QUERIES[0]!, records, { scope }));
      expect(by, reason).to.equal('aggregations');
    }
  });

  it('tells what is missing from an answer that may be partial', async () => {
    const skip = (body: unknown): unknown => ({
      ...(body as object),
      _clusters: { total: 2, successful: 1, skipped: 1 },
    });
    const proxy = await LyingProxy.start(node(), { kind: 'search', deceit: changed(skip) });
    const missing = new Set<string>();
    const client = openClient(proxy.node.access, (reasons) => reasons.forEach((reason) => missing.add(reason)));
    try {
      const { by, reason, ...answer } = await huntInCluster(client, strict, QUERIES[0]!, CONTRACT, options);
      expect([by, reason]).to.deep.equal(['aggregations', undefined]);
      expect(answer).to.deep.equal(inMemory(QUERIES[0]!, records));
      expect([...missing]).to.deep.equal(['clusters skipped: 1 of 2']);
    } finally {
      await client.close();
      await proxy.stop();
    }
  });

  it('says that there is no such index, or no such events in it', async () => {
    const failure = (index: string): Promise<unknown> => cluster(index, QUERIES[0]!).catch((error: unknown) => error);
    for (const index of [`${made}-none`, `${made}-none-*`]) {
      const error = await failure(index);
      expect(error).to.be.instanceOf(Failure);
      expect(error).to.include({ exitCode: 2 });
    }
  });
});
