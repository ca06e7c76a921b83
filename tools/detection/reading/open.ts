import type { Event } from '@tollgate/sigma/values/event';
import { namesAfter } from '../../foundation/ndjson/columns';
import { csvBlocksOf } from '../../foundation/ndjson/csv';
import type { Block } from '../../foundation/ndjson/blocks';
import { blocksOf } from '../../foundation/ndjson/framer';
import { readBytes } from '../../foundation/ndjson/input';
import type { TextLayout } from '../../foundation/ndjson/layout';
import { readBlock } from '../../foundation/ndjson/read-block';
import type { Contract, Form } from '../../telemetry/contract';
import { isOwnShape } from '../../telemetry/form';
import { LostRecord, Normaliser } from '../../telemetry/normalise';
import { beginningOf, hasTime, type FileBeginning } from './detect';
import { forced, lineReader, type Reading, type ReadingOptions } from './reading';

/** So much of a file is looked at, at least, where no line ends before. */
const HEAD = 1 << 16;

/** A block of a file, with how it is read. */
export interface ReadingBlock extends Block {
  reading: Reading;
}

const GREW =
  'the file grew while it was read: what was there at the beginning is read, a last line that was cut off is not';

/**
 * The blocks of a file, or of standard input where the path is `-`, with how each is read; what its beginning shows holds for the whole
 * file. Throws a `Failure` where the file can't be read, or where the form that is forced can't be.
 */
export async function* openFile(path: string, options: ReadingOptions): AsyncGenerator<ReadingBlock> {
  let hasGrown = false;
  const chunks = readBytes(path, () => (hasGrown = true));
  const { head, rest } = await begun(chunks);
  if (head === null) return;
  const beginning = shown(head, path, options);
  let reading: Reading | null = null;
  for await (const block of framed(rest, beginning, options)) {
    reading ??= readingOf(block, beginning, options);
    yield { ...block, reading };
    reading = goneOn(reading, block.bytes);
  }
  if (hasGrown) {
    const faults = [{ line: 1, message: GREW, reason: 'the file grew' }];
    yield { bytes: Buffer.alloc(0), faults, lineOf: () => 1, reading: reading ?? plain(beginning.layout, options) };
  }
}

function plain(layout: TextLayout, { assetId }: ReadingOptions): Reading {
  return { layout, contracts: null, only: null, assetId: assetId ?? null };
}

/** The beginning of a stream, and all of it. */
async function begun(chunks: AsyncGenerator<Buffer>): Promise<{ head: Buffer | null; rest: AsyncGenerator<Buffer> }> {
  const parts: Buffer[] = [];
  let length = 0;
  for (;;) {
    const next = await chunks.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
    if (length >= HEAD || (length > 2 && next.value.includes(0x0a, 1))) break;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* parts;
    yield* chunks;
  }
  return { head: parts.length === 0 ? null : Buffer.concat(parts), rest: all() };
}

function shown(head: Buffer, path: string, options: ReadingOptions): FileBeginning {
  const asked = forced(options);
  const forms = (): Form[] => formsOf(options.contracts ?? options.known());
  const found = beginningOf(head, path, forms);
  if (asked === null || asked.layout === null) return found;
  const { layout } = asked;
  // The file itself says what its columns are, and what parts them.
  return found.layout.kind === layout.kind && (layout.kind === 'csv' || layout.kind === 'columns')
    ? { ...found, layout: layout.kind === 'columns' && !layout.headed ? layout : found.layout }
    : { layout };
}

function formsOf(contracts: readonly Contract[]): Form[] {
  return contracts.flatMap(({ forms }) => Object.values(forms ?? {}));
}

function framed(
  chunks: AsyncGenerator<Buffer>,
  { layout, delimiter }: FileBeginning,
  options: ReadingOptions,
): AsyncGenerator<Block> {
  if (layout.kind === 'csv') return csvBlocksOf(chunks, delimiter, (header) => wrongHeader(header, options));
  return blocksOf(chunks, { looksInto: layout.kind === 'json', keepsBeside: true });
}

/** What is wrong with the header of a table, if the source is known and tables of it have others. */
function wrongHeader(header: readonly string[], { contracts }: ReadingOptions): string | null {
  if (contracts === null) return null;
  const tables = formsOf(contracts).filter(({ layout }) => layout === 'csv');
  const lacking = tables.map(({ title, when }) => ({
    title,
    columns: Object.keys(when).filter((column) => !header.includes(column)),
  }));
  if (lacking.some(({ columns }) => columns.length === 0)) return null;
  const ids = contracts.map(({ id }) => id).join(', ');
  if (lacking.length === 0) return `${ids} has no form that is a table in CSV`;
  const each = lacking.map(
    ({ title, columns }) => `${title} lacks ${columns.map((column) => `'${column}'`).join(', ')}`,
  );
  return `the header is of no table of ${ids}: ${each.join('; ')}`;
}

/**
 * How a file is read. Where the source is not known, it is found out by the first record if that has to be translated: if it is in a
 * table, or of a form that is not the source's own shape.
 */
function readingOf({ bytes }: Block, { layout, record }: FileBeginning, options: ReadingOptions): Reading {
  const only = forced(options)?.only ?? null;
  const asTheyCome = plain(layout, options);
  if (options.contracts !== null) return { ...asTheyCome, contracts: [...options.contracts], only };
  if (layout.kind === 'lines' && record !== undefined && hasTime(record)) return asTheyCome;
  const first = record ?? firstOf(bytes, layout);
  if (first === null) return asTheyCome;
  const found = recognised(first, options.known());
  if (found !== null) return { ...asTheyCome, contracts: [found] };
  // With no source there is nothing to translate, but a document is taken out of its index.
  return first['_index'] === undefined && layout.kind !== 'timed' ? asTheyCome : { ...asTheyCome, contracts: [] };
}

function firstOf(bytes: Buffer, layout: TextLayout): Event | null {
  let first: Event | null = null;
  const take = (event: Event): void => {
    first ??= event;
  };
  // A line that is no record may stand before it.
  const end = bytes.lastIndexOf(0x0a, HEAD) + 1 || bytes.indexOf(0x0a) + 1;
  readBlock(bytes.subarray(0, end), lineReader(layout), { take, bad: () => undefined });
  return first;
}

/** The source of which a record is, if it has to be translated. */
function recognised(record: Event, contracts: readonly Contract[]): Contract | null {
  try {
    const { contract, form } = new Normaliser(contracts).take(record);
    const found = contract.forms?.[form];
    return found === undefined || isOwnShape(found) ? null : contract;
  } catch (error) {
    if (error instanceof LostRecord) return null;
    throw error;
  }
}

/** A file may name other columns further down. */
function goneOn(reading: Reading, bytes: Buffer): Reading {
  const { layout } = reading;
  if (layout.kind !== 'columns' || !layout.headed) return reading;
  const columns = namesAfter(bytes, layout.columns);
  return columns === layout.columns ? reading : { ...reading, layout: { ...layout, columns: [...columns] } };
}
