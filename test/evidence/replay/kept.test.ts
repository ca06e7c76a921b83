import type { Client } from '@elastic/elasticsearch';
import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { openClient } from '../../../tools/detection/elasticsearch/client';
import { ElasticsearchEngine } from '../../../tools/detection/elasticsearch/engine';
import { KeptDatasets, type KeptLimits } from '../../../tools/detection/elasticsearch/kept/datasets';
import { removeNotes } from '../../../tools/detection/elasticsearch/kept/note';
import type { Folders } from '../../../tools/detection/elasticsearch/node/folders';
import type { ReplayReport } from '../../../tools/evidence/replay/result';
import { replay } from '../../../tools/evidence/replay/run';
import type { DatasetOptions } from '../../../tools/simulate/dataset';
import { realNode, silent } from '../../detection/elasticsearch/node';
import { contracts, datasets, runOf } from '../../simulate/run';

const SCENARIOS = ['leased-block-run', 'resend-abuse', 'country-launch'];

describe('a replay on a dataset that the local node keeps', () => {
  const node = realNode();
  const { content } = loadContent(findLayout([]), { datasets: false });
  const all = { rules: content.sigma, queries: content.hunts.filter(({ source }) => source === 'twilio.verify') };
  const scenarios = datasets.scenarios.filter(({ name }) => SCENARIOS.includes(name));
  const BOTH = ['twilio.verify', 'application.otp'];
  const world = { ...datasets.worlds.find(({ name }) => name === 'regional-shop')!, sources: BOTH };
  let folders: Folders;
  let client: Client;
  let without: ReplayReport;
  let shared = false;
  /** When the command began; what is used later is in use. */
  let began = Infinity;

  const notes = (): string[] => readdirSync(join(folders.state, 'datasets'));
  const store = (limits?: KeptLimits): KeptDatasets =>
    new KeptDatasets({ folders, locked: (action) => action(), isShared: () => shared, began }, limits);

  /** A replay, with whether the events were simulated for it. */
  async function run(
    kept: KeptDatasets | null = store(),
    options: Partial<DatasetOptions> = {},
    what = all,
  ): Promise<{ report: ReplayReport; isMade: boolean }> {
    const engine = new ElasticsearchEngine(node(), contracts, kept ? { kept } : {});
    let isMade = false;
    const dataset = runOf('regional-shop', { world, scenarios, days: 1, ...options });
    const events: typeof dataset.events = function* (onMessage) {
      isMade = true;
      yield* dataset.events(onMessage);
    };
    try {
      const watched = { ...dataset, events };
      const report = await replay({ ...what, contracts, datasets: [watched], engines: [engine], progress: silent });
      return { report, isMade };
    } finally {
      await engine.close();
    }
  }

  const prefixOf = (name: string): string => name.slice(65);
  const indices = async (): Promise<string[]> =>
    (await Promise.all(notes().map((name) => client.indices.get({ index: `${prefixOf(name)}*` })))).flatMap((found) =>
      Object.keys(found),
    );
  const dropAll = async (): Promise<void> => {
    for (const index of await indices()) await client.indices.delete({ index });
    removeNotes(folders);
  };

  before(async () => {
    const root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    folders = { root, state: root, node: root };
    client = openClient(node().access);
    without = (await run(null)).report;
    await run();
  });
  after(async () => {
    if (!client) return;
    await dropAll();
    await client.close();
    rmSync(folders.root, { recursive: true });
  });

  /** That what is kept is of no use now, and that the run says the same and puts it right. */
  async function isMadeAgain(): Promise<void> {
    const { report, isMade } = await run();
    expect(isMade).to.equal(true);
    expect(report).to.deep.equal(without);
    expect((await run()).isMade).to.equal(false);
    expect(notes()).to.have.length(1);
  }

  it('says the same as without, and simulates nothing', async () => {
    const { report, isMade } = await run();
    expect(isMade).to.equal(false);
    expect(report).to.deep.equal(without);
    expect(report.totals.campaigns.present).to.be.greaterThan(0);
  });

  it('serves fewer rules, which say what they say without', async () => {
    const one = {
      rules: content.sigma.filter(({ file }) => file.endsWith('/twilio_verify_expired_block.yml')),
      queries: [],
    };
    const { report, isMade } = await run(store(), {}, one);
    expect(isMade).to.equal(false);
    expect(report).to.deep.equal((await run(null, {}, one)).report);
  });

  it('makes it again where an index is gone', async () => {
    await client.indices.delete({ index: (await indices())[0]! });
    await isMadeAgain();
  });

  it('makes it again where another index has the name', async () => {
    const [index] = await indices();
    const { mappings } = (await client.indices.get({ index: index! }))[index!]!;
    await client.indices.delete({ index: index! });
    await client.indices.create({ index: index!, mappings: { _meta: mappings!._meta! } });
    await isMadeAgain();
  });

  it('makes it again where a document is lost', async () => {
    const [index] = await indices();
    const { hits } = await client.search({ index: index!, size: 1 });
    await client.delete({ index: index!, id: hits.hits[0]!._id!, refresh: true });
    await isMadeAgain();
  });

  it('makes it again where the mapping was changed', async () => {
    await client.indices.putMapping({ index: (await indices())[0]!, properties: { another: { type: 'keyword' } } });
    await isMadeAgain();
  });

  it('makes it again where the labels are cut off, or a byte of the note is another', async () => {
    const file = join(folders.state, 'datasets', notes()[0]!);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 100));
    await isMadeAgain();
    const other = join(folders.state, 'datasets', notes()[0]!);
    const changed = readFileSync(other);
    changed[changed.length - 5]! ^= 1;
    writeFileSync(other, changed);
    await isMadeAgain();
  });

  it('makes it again where rules need more than it holds, and then serves both', async () => {
    await dropAll();
    await run(store(), {}, { rules: [], queries: all.queries });
    await isMadeAgain();
    const { isMade } = await run(store(), {}, { rules: [], queries: all.queries });
    expect(isMade).to.equal(false);
  });

  it('is another for another seed, world, scenario, contract, number of days and code', () => {
    const digest = (options: Partial<DatasetOptions> = {}) =>
      runOf('regional-shop', { world, scenarios, days: 1, ...options }).digest!();
    const [first, ...rest] = scenarios;
    const verify = contracts.get('twilio.verify')!;
    const digests = [
      digest(),
      digest({ seed: 6 }),
      digest({ days: 2 }),
      digest({ scale: 2 }),
      digest({ history: { days: 1, sources: BOTH } }),
      digest({ scenarios: rest }),
      digest({ scenarios: [...rest, first!] }),
      digest({ world: { ...world, sends_per_day: world.sends_per_day + 1 } }),
      digest({ contracts: new Map([...contracts, [verify.id, { ...verify, derived: {} }]]) }),
    ];
    expect(new Set(digests).size).to.equal(digests.length);
    expect(digest()).to.equal(digests[0]);
  });

  it('is counted with what it takes on the disk', async () => {
    await dropAll();
    expect(store().size()).to.deep.equal({ datasets: 0, bytes: 0 });
    await run();
    const { datasets, bytes } = store().size();
    expect(datasets).to.equal(1);
    expect(bytes).to.be.within(1e4, 1e8);
  });

  it('is not used by a run of another seed', async () => {
    expect((await run(store(), { seed: 6 })).isMade).to.equal(true);
    expect((await run()).isMade).to.equal(false);
    expect(notes()).to.have.length(2);
  });

  it('gives way where there are too many or they are too large, the one that was not used for longest first', async () => {
    await dropAll();
    const two = { bytes: 1e9, datasets: 2 };
    for (const seed of [5, 6]) await run(store(two), { seed });
    await run(store(two), { seed: 5 });
    await run(store(two), { seed: 7 });
    expect(notes()).to.have.length(2);
    expect((await run(store(two), { seed: 5 })).isMade).to.equal(false);
    expect((await run(store(two), { seed: 7 })).isMade).to.equal(false);
    await run(store({ bytes: 1, datasets: 2 }), { seed: 8 });
    expect(notes()).to.have.length(2);
  });

  it('stays as long as another command uses the node, and nothing takes its place', async () => {
    await dropAll();
    await run();
    const before = notes();
    shared = true;
    try {
      await run(store({ bytes: 1e9, datasets: 1 }), { seed: 6 });
      expect(notes()).to.deep.equal(before);
      expect((await run()).isMade).to.equal(false);
    } finally {
      shared = false;
    }
  });

  it('stays as long as another thread of this command may use it, and nothing takes its place', async () => {
    await dropAll();
    await run();
    const before = notes();
    began = 0;
    try {
      await run(store({ bytes: 1e9, datasets: 1 }), { seed: 6 });
      expect(notes()).to.deep.equal(before);
    } finally {
      began = Infinity;
    }
  });
});
