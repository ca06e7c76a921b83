import { randomBytes } from 'node:crypto';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { Failure } from '../../foundation/content/failure';
import { CLEANING_MS } from '../../foundation/content/waits';
import type { Leftover } from '../../foundation/leftovers/leftover';
import { leaving } from '../../foundation/leftovers/registry';
import type {
  Engine,
  EngineResult,
  Keeping,
  MatchRequest,
  Progress,
  Recalled,
  SourceCount,
  SourcedEvent,
} from '../engine/execution';
import type { Match } from '@tollgate/sigma/correlate/match';
import type { Contract } from '../../telemetry/contract';
import { BulkWriter } from './bulk';
import { openClient } from './client';
import type { KeptDatasets } from './kept/datasets';
import { keepRun, keyOf } from './kept/keep-run';
import { recallSources, totalOf } from './kept/recall';
import type { KeptIndex, KeptNote } from './kept/note';
import { deleteLeftIndices } from './left-indices';
import { headersFor, isLoopback, originOf } from './node/access';
import type { RunningNode } from './node/manage';
import { searchPlan, sharePlans, type Decision, type SharedPlan } from './plan-search';
import { whyOf } from './reason';
import { settleAll } from './settle-all';
import { SourceIndex } from './source-index';

/** How many events pass between two reports of progress. */
const PROGRESS_EVERY = 5_000;

/** Events between two turns of the event loop, without which a request on its way would wait until the next one is full. */
const BREATH = 200;

/** While one search travels, the node works on others. */
const AT_ONCE = 3;

export interface EngineOptions {
  /** Makes and deletes indices in a cluster that is not this machine's own. */
  allowRemoteWrite?: boolean;
  /** Where runs on the same events find each other's indices, in a node that Tollgate started; without it nothing is kept. */
  kept?: KeptDatasets;
}

export interface ElasticsearchResult extends EngineResult {
  /** For each request, who decided it. */
  decisions: Decision[];
}

/** Executes plans in Elasticsearch: indexes the events of a run, searches, and deletes the indices that it made. */
export class ElasticsearchEngine implements Engine {
  readonly name = 'elasticsearch';
  readonly version: string;
  private readonly client: Client;
  private prefix = newPrefix();
  private readonly made = new Set<string>();
  private gone: () => void = () => undefined;

  /**
   * `contracts`: log source → its contract, or null for one of whose records nothing is known.
   * Throws a Failure (2) for a cluster that is not on loopback, unless the options allow writing to it.
   */
  constructor(
    private readonly node: RunningNode,
    private readonly contracts: ReadonlyMap<string, Contract | null>,
    private readonly options: EngineOptions = {},
  ) {
    if (!isLoopback(node.access.url) && options.allowRemoteWrite !== true) {
      throw new Failure(
        2,
        `${originOf(node.access)} is not on this machine, so nothing is written to it`,
        'give a node on this machine, or --allow-remote-write, which makes indices named tollgate-* there and deletes them',
      );
    }
    this.version = node.version;
    this.client = openClient(node.access);
  }

  async execute(
    run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
    keeping?: Keeping,
  ): Promise<ElasticsearchResult> {
    return this.leavingNothing(async () => {
      const before = keeping && this.options.kept?.find(this.keyOf(keeping.digest))?.note;
      const sources = await this.index(run, events, requests, progress, before);
      const result = await this.answer(sources, requests, progress);
      const { kept } = this.options;
      const named = keeping && { digest: this.keyOf(keeping.digest), prefix: this.prefix };
      if (kept && named && (await keepRun(this.client, kept, [...sources.values()], named, keeping.beside)))
        this.kept();
      return result;
    });
  }

  async recall(
    digest: string,
    requests: MatchRequest[],
    progress: Progress,
  ): Promise<(ElasticsearchResult & Recalled) | null> {
    const found = this.options.kept?.find(this.keyOf(digest));
    const make = (kept: KeptIndex): SourceIndex => this.sourceIndex(kept.name, kept.id, requests);
    const sources = found ? await recallSources(this.client, found.note, make) : null;
    if (!found || sources === null) return null;
    progress.update('indexing', totalOf(found.note), totalOf(found.note));
    return { ...(await this.answer(sources, requests, progress)), beside: found.beside };
  }

  private async answer(
    sources: ReadonlyMap<string, SourceIndex>,
    requests: MatchRequest[],
    progress: Progress,
  ): Promise<ElasticsearchResult> {
    const matches: Match[][] = requests.map(() => []);
    const plans = sharePlans(requests, matches);
    const decisions = await this.searchAll(plans, sources, progress);
    for (const source of sources.values()) await source.isOurs(this.client);
    for (const list of matches) list.sort((a, b) => a.time - b.time || a.event - b.event);
    const counts = countsOf(sources);
    for (const { source } of requests) counts[source] ??= { expected: 0, indexed: 0 };
    const alone = decisions.filter((decision) => decision === 'alone');
    return { matches, events: counts, decidedAlone: alone.length, decisions };
  }

  private keyOf(digest: string): string {
    return keyOf(digest, this.version, this.contracts);
  }

  /** What was made is another's from now on. */
  private kept(): void {
    this.made.clear();
    this.gone();
    this.prefix = newPrefix();
  }

  /**
   * Only indexes and counts, with the indices that the requests would need: what a measurement of the speed wants. Throws a `Failure`
   * (3) when any event was lost.
   */
  async load(
    run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
  ): Promise<Record<string, SourceCount>> {
    return this.leavingNothing(async () => countsOf(await this.index(run, events, requests, progress)));
  }

  async close(): Promise<void> {
    await this.deleteIndices();
    await this.client.close();
  }

  /**
   * Streams the events into an index for each source. What is in memory at a time are the requests that are being filled and those on
   * their way, however many events there are.
   */
  private async index(
    run: string,
    events: Iterable<SourcedEvent>,
    requests: MatchRequest[],
    progress: Progress,
    before?: KeptNote,
  ): Promise<Map<string, SourceIndex>> {
    const sources = new Map<string, SourceIndex>();
    const writer = new BulkWriter(this.client);
    try {
      let done = 0;
      for (const item of events) {
        const source = sources.get(item.source) ?? (await this.createIndex(run, item.source, requests, before));
        sources.set(item.source, source);
        source.count.expected++;
        source.columns.observe(item.event);
        for (const each of writer.add(source.name, item, source.beside)) source.oddities.add(each);
        const full = writer.sendFull(source.name);
        if (full) await full;
        if (++done % BREATH === 0) await turnOfLoop();
        if (done % PROGRESS_EVERY === 0) progress.update('indexing', done);
      }
      await writer.finish();
      progress.update('indexing', done, done);
      for (const source of sources.values()) await source.verify(this.client);
      return sources;
    } finally {
      // A request that arrives after its index was deleted would make it again.
      await writer.settle();
    }
  }

  private sourceIndex(name: string, id: string, requests: MatchRequest[], before?: KeptIndex): SourceIndex {
    const contract = this.contracts.get(id);
    if (contract === undefined) throw new Failure(2, `no telemetry contract for the log source ${id}`);
    const own = requests.filter((request) => request.source === id);
    return new SourceIndex(name, id, contract, own, before);
  }

  private async createIndex(
    run: string,
    id: string,
    requests: MatchRequest[],
    before?: KeptNote,
  ): Promise<SourceIndex> {
    const name = `${this.prefix}${run}-${id}`;
    // What takes the place of a kept index serves those whom that one served, too.
    const kept = before?.indices.find((index) => index.id === id);
    const source = this.sourceIndex(name, id, requests, kept);
    // Before the request: if its answer is lost, the index may be there all the same.
    if (this.made.size === 0) this.gone = leaving(this.left);
    this.made.add(name);
    await source.create(this.client);
    return source;
  }

  /** Answers every request. Returns who decided each. */
  private async searchAll(
    plans: SharedPlan[],
    sources: ReadonlyMap<string, SourceIndex>,
    progress: Progress,
  ): Promise<Decision[]> {
    const decisions: Decision[] = [];
    const waiting = plans.values();
    let done = 0;
    const work = async (): Promise<void> => {
      for (const shared of waiting) {
        progress.update('searching', done++, plans.length);
        const source = sources.get(shared.source);
        // A source without events has no index, and nothing to decide.
        const decision = source === undefined ? 'alone' : await searchPlan(this.client, source, shared);
        for (const { number } of shared.requests) decisions[number] = decision;
      }
    };
    await settleAll(Array.from({ length: AT_ONCE }, work));
    progress.update('searching', plans.length, plans.length);
    return decisions;
  }

  /** Does something and deletes the indices that were made for it. Throws a `Failure` (3) that names those which are left. */
  private async leavingNothing<T>(work: () => Promise<T>): Promise<T> {
    let result: T;
    try {
      result = await work();
    } catch (error) {
      const left = await this.deleteIndices({ mayComeBack: true });
      if (left === null || !(error instanceof Failure)) throw error;
      throw new Failure(error.exitCode, `${error.message}; and ${left.message}`, error.hint ?? left.hint);
    }
    const left = await this.deleteIndices();
    if (left !== null) throw left;
    return result;
  }

  /**
   * Only those that this engine made, with one deadline. What could not be deleted is told. `mayComeBack`: a request whose answer was not
   * waited for may be under way still, and makes its index again.
   */
  private async deleteIndices({ mayComeBack = false } = {}): Promise<Failure | null> {
    const index = [...this.made];
    this.made.clear();
    if (index.length === 0) return null;
    const signal = AbortSignal.timeout(CLEANING_MS);
    try {
      const answer: unknown = await this.client.indices.delete(
        { index, ignore_unavailable: true },
        { signal, ignore: [404] },
      );
      const { acknowledged, status } = Object(answer) as { acknowledged?: unknown; status?: unknown };
      if (acknowledged !== true && status !== 404) throw new Error('it is not said that they were');
      const there = { index: `${this.prefix}*`, filter_path: '*.aliases' };
      const left = Object.keys(Object(await this.client.indices.get(there, { signal })) as object);
      if (left.some((name) => index.includes(name))) throw new Error('it is said that they were, and they are there');
      if (mayComeBack) await deleteLeftIndices(this.left, signal);
      this.gone();
      return null;
    } catch (error) {
      const message = `these indices could not be deleted: ${index.join(', ')} (${whyOf(error)})`;
      return new Failure(3, message, 'they go with the local node (`tollgate es stop`); elsewhere delete them');
    }
  }

  private get left(): Extract<Leftover, { kind: 'indices' }> {
    const { access, way } = this.node;
    const { authorization } = headersFor(access);
    return { kind: 'indices', url: access.url, authorization, prefix: this.prefix, isLocal: way !== 'url' };
  }
}

function newPrefix(): string {
  return `tollgate-${randomBytes(4).toString('hex')}-`;
}

function countsOf(sources: ReadonlyMap<string, SourceIndex>): Record<string, SourceCount> {
  return Object.fromEntries([...sources].map(([id, source]) => [id, source.count]));
}
