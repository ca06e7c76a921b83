import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@elastic/elasticsearch';
import { addLines } from '../tools/detection/elasticsearch/bulk';
import { openClient } from '../tools/detection/elasticsearch/client';
import { ElasticsearchEngine } from '../tools/detection/elasticsearch/engine';
import { findNode } from '../tools/detection/elasticsearch/node/find';
import type { RunningNode } from '../tools/detection/elasticsearch/node/manage';
import { SourceIndex } from '../tools/detection/elasticsearch/source-index';
import { findLayout } from '../tools/command/check/layout';
import { loadContent } from '../tools/command/check/load';
import { JsonBytes } from '../tools/foundation/ndjson/json-bytes';
import { RequestBook } from '../tools/evidence/replay/matches';
import { bookQuery } from '../tools/evidence/replay/query-detector';
import { bookRules } from '../tools/evidence/replay/rule-detector';
import type { MatchRequest, Progress, SourcedEvent } from '../tools/detection/engine/execution';
import { buildDataset } from '../tools/simulate/dataset';
import type { Contract } from '../tools/telemetry/contract';
import { middle, type Run } from './measure';
import type { Result } from './table';

/** The largest world, and how many of its records are indexed in a run. */
const WORLD = 'global-consumer';
const RECORDS = 400_000;
const SEED = 1;
/** Requests of the bare loop, as large as ours. */
const REQUEST_BYTES = 2 * 1024 * 1024;
/** Bare loops with so many requests at a time. */
const AT_ONCE = [1, 3];
const LOOK_MS = 50;
const GOAL = 0.9;
/** The job's name. */
export const INDEXING = `simulate ${RECORDS / 1000},000 records of the largest world into Elasticsearch`;

/** What both sides index: the records, and the detections that decide which forms their fields have in the index. */
interface Load {
  node: RunningNode;
  contracts: Map<string, Contract>;
  requests: MatchRequest[];
  events(): Iterable<SourcedEvent>;
}

/** A request of the bare loop: where it lies in the file of ready-made bytes. */
interface Piece {
  source: string;
  offset: number;
  length: number;
  documents: number;
}

/**
 * Simulates the largest world straight into Elasticsearch, in turn with loops that do nothing but send the same documents as bytes
 * that were made before, on indices with the same mappings. All of it in this process, on the node that `findNode` gives.
 */
export async function measureIndexing(runs: number, folder: string, progress: Progress): Promise<Result[]> {
  const load = await prepare(progress);
  const file = join(folder, 'indexing.ndjson');
  progress.update('making the bytes for the bare loops', 0, 1);
  const pieces = writePieces(load, file);
  const ours: Run[] = [];
  const bare = AT_ONCE.map((): Run[] => []);
  // The first run warms the node and this process up, and is not counted.
  for (let run = 0; run <= runs; run++) {
    for (const [index, atOnce] of AT_ONCE.entries()) {
      progress.update(`a bare _bulk loop, ${atOnce} at once`, run, runs + 1);
      bare[index]!.push(await timed(() => sendPieces(load, pieces, file, atOnce)));
    }
    progress.update('streaming the world', run, runs + 1);
    ours.push(await timed(() => stream(load)));
  }
  return AT_ONCE.map((atOnce, index) => ({
    name: INDEXING,
    other: `a bare \`_bulk\` loop over ready-made bytes, ${atOnce === 1 ? 'one request' : `${atOnce} requests`} at a time`,
    goal: { speed: GOAL },
    tollgate: middle(ours.slice(1)),
    against: middle(bare[index]!.slice(1)),
  }));
}

async function prepare(progress: Progress): Promise<Load> {
  const { content, datasets } = loadContent(findLayout([]));
  const { contracts } = content;
  const world = datasets.worlds.find(({ name }) => name === WORLD)!;
  const history = { days: 0, sources: [] };
  const dataset = buildDataset({ world, scenarios: datasets.scenarios, contracts, seed: SEED, days: 1, history });
  const book = new RequestBook();
  bookRules(content.sigma, contracts, dataset, book);
  for (const query of content.hunts) bookQuery(query, dataset, book);
  function* events(): Generator<SourcedEvent> {
    for (const event of dataset.events()) {
      if (event.n >= RECORDS) return;
      yield event;
    }
  }
  const node = await findNode({ env: process.env, progress });
  return { node, contracts, requests: book.requests, events };
}

async function stream({ node, contracts, requests, events }: Load): Promise<void> {
  const engine = new ElasticsearchEngine(node, contracts);
  try {
    await engine.load('bench', events(), requests, { update: () => undefined });
  } finally {
    await engine.close();
  }
}

/** Writes all requests one after the other into a file, with the documents that the engine makes. */
function writePieces({ contracts, requests, events }: Load, file: string): Piece[] {
  const pieces: Piece[] = [];
  const open = new Map<string, { index: SourceIndex; json: JsonBytes; documents: number }>();
  const descriptor = openSync(file, 'w');
  let offset = 0;
  const write = (source: string): void => {
    const part = open.get(source)!;
    const length = writeSync(descriptor, part.json.bytes, 0, part.json.length);
    pieces.push({ source, offset, length, documents: part.documents });
    offset += length;
    part.json.length = part.documents = 0;
  };
  for (const event of events()) {
    let part = open.get(event.source);
    if (!part) {
      const index = indexOf(event.source, contracts, requests);
      open.set(event.source, (part = { index, json: new JsonBytes(2 * REQUEST_BYTES), documents: 0 }));
    }
    addLines(part.json, event, part.index.beside);
    part.documents++;
    if (part.json.length >= REQUEST_BYTES) write(event.source);
  }
  for (const [source, { documents }] of open) if (documents > 0) write(source);
  closeSync(descriptor);
  return pieces;
}

function indexOf(source: string, contracts: Map<string, Contract>, requests: MatchRequest[]): SourceIndex {
  const own = requests.filter((request) => request.source === source);
  return new SourceIndex(`tollgate-bench-${process.pid}-${source}`, source, contracts.get(source)!, own);
}

/** The bare loop: makes the indices, sends every request, and counts. */
async function sendPieces(load: Load, pieces: Piece[], file: string, atOnce: number): Promise<void> {
  const client = openClient(load.node.access);
  const indices = new Map<string, SourceIndex>();
  const descriptor = openSync(file, 'r');
  try {
    for (const source of new Set(pieces.map((piece) => piece.source))) {
      const index = indexOf(source, load.contracts, load.requests);
      await index.create(client);
      indices.set(source, index);
    }
    const waiting = pieces.values();
    const loop = async (): Promise<void> => {
      for (const { source, offset, length, documents } of waiting) {
        const bytes = Buffer.allocUnsafe(length);
        readSync(descriptor, bytes, 0, length, offset);
        const index = indices.get(source)!;
        await send(client, index.name, bytes);
        index.count.expected += documents;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, loop));
    for (const index of indices.values()) await index.verify(client);
  } finally {
    closeSync(descriptor);
    for (const { name } of indices.values()) await client.indices.delete({ index: name });
    await client.close();
  }
}

async function send(client: Client, index: string, bulkBody: Buffer): Promise<void> {
  const path = `/${index}/_bulk?filter_path=errors`;
  const answer = await client.transport.request<{ errors: boolean }>({ method: 'POST', path, bulkBody });
  if (answer.errors) throw new Error(`Elasticsearch rejected documents of ${index}`);
}

/** The time of some work, and the most memory that this process held meanwhile. */
async function timed(work: () => Promise<void>): Promise<Run> {
  let highest = 0;
  const look = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), LOOK_MS);
  const start = process.hrtime.bigint();
  await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(look);
  return { seconds, mebibytes: highest / 1024 / 1024 };
}
