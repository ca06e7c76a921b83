import type { Contract } from '../../telemetry/contract';
import { fieldsOf } from '../../telemetry/contract';
import {
  typedIndex,
  untypedIndex,
  type IndexBody,
  type MappedField,
  type Needs,
} from '@tollgate/sigma-elasticsearch/mapping';

/** Ours in every document, beside the record: what the engine needs and no rule can read. */
export const OWN = {
  /** The event's number. */
  n: 'tollgate.n',
  /** When it happened and when it was delivered, epoch ms. */
  time: 'tollgate.time',
  ingested: 'tollgate.ingested',
  /** What the index cannot tell about this document: see `Oddity`. */
  odd: 'tollgate.odd',
  /** The text of a record that can't be indexed as it is. */
  record: 'tollgate.record',
} as const;

/**
 * The index of one log source in a run, with all forms of all of its contract's fields, or with those that the run needs: what
 * `typedIndex` has, and what we add to each document.
 */
export function indexFor(contract: Contract, needs?: Needs): IndexBody {
  return ofRun(typedIndex(fieldsOf(contract), needs));
}

/** The index of a run on records of which nothing is known: what `untypedIndex` has, and what we add to each document. */
export function untypedRunIndex(asked: ReadonlySet<string>): IndexBody {
  return ofRun(untypedIndex(asked));
}

function ofRun({ settings, mappings }: IndexBody): IndexBody {
  const properties = { ...DOCUMENT, ...mappings.properties };
  return { settings: { ...settings, ...OF_A_RUN }, mappings: { ...mappings, properties } };
}

/** What we add to each document of a run. */
const DOCUMENT: Record<string, MappedField> = {
  [OWN.n]: { type: 'long', index: false },
  [OWN.time]: { type: 'long', index: false },
  [OWN.ingested]: { type: 'long', index: false },
  [OWN.odd]: { type: 'keyword', doc_values: false },
  [OWN.record]: { type: 'keyword', index: false, doc_values: false },
};

/** The most hits that one answer may hold. */
export const LARGEST_PAGE = 20_000;

/** These indices live as long as one run, which refreshes them itself; a crash loses the run, so no write waits for the disk. */
const OF_A_RUN: IndexBody['settings'] = {
  number_of_shards: 1,
  number_of_replicas: 0,
  refresh_interval: '-1',
  'index.translog.durability': 'async',
  'index.max_result_window': LARGEST_PAGE,
};
