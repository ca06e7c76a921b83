import { pipeline } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import type { Event } from '@tollgate/sigma/values/event';
import { jsonOf } from '@tollgate/sigma/values/json';
import { setOwn } from '@tollgate/sigma/values/map';
import type { Block, Fault } from './blocks';
import { MAX_LINE } from './framing';

/** Rows that are made one block. */
const ROWS = 2048;

const MALFORMED = 'malformed CSV';

/** A row as the parser gives it. */
interface Row {
  record: string[];
  info: { lines: number };
}

/**
 * Makes of a stream of CSV blocks of lines, a JSON object for each row, with the header's names as keys; the first of the columns of one
 * name counts, and a column without a value is left out. A row that is malformed is told with its line. `refuse` is given the header, and
 * may say what is wrong with it: then nothing else is read.
 */
export async function* csvBlocksOf(
  chunks: AsyncIterable<Buffer>,
  delimiter = ',',
  refuse: (header: readonly string[]) => string | null = () => null,
): AsyncGenerator<Block> {
  let rows = new RowBlock();
  const skipped = (error: CsvError | undefined) => {
    rows.faults.push({ line: Number(error?.['lines'] ?? 1), message: saying(error), reason: MALFORMED });
    return undefined;
  };
  const parser = parse({
    bom: true,
    info: true,
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_LINE,
    on_skip: skipped,
  });
  // An error of either side reaches the reader below as the parser's.
  pipeline(chunks, parser, () => undefined);
  let header: string[] | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<Row>) {
      if (header === null) {
        header = record.map((name) => name.trim());
        const wrong = refuse(header);
        if (wrong !== null) {
          rows.faults.push({ line: 1, message: wrong, reason: 'another header' });
          break;
        }
      } else rows.take(header, record, info.lines);
      if (rows.lines.length < ROWS) continue;
      yield rows.build();
      rows = new RowBlock();
    }
  } catch (error) {
    if (!isOfCsv(error)) throw error;
    skipped(error);
  }
  if (rows.lines.length + rows.faults.length > 0) yield rows.build();
}

class RowBlock {
  readonly faults: Fault[] = [];
  /** Of each row, the line of the file on which it ends. */
  readonly lines: number[] = [];
  private text = '';

  take(header: readonly string[], record: readonly string[], line: number): void {
    if (record.length !== header.length) {
      const message = `the row has ${record.length} columns, not the ${header.length} of the header`;
      this.faults.push({ line, message, reason: MALFORMED });
      return;
    }
    const row: Event = {};
    for (const [i, name] of header.entries())
      if (record[i] !== '' && !Object.hasOwn(row, name)) setOwn<unknown>(row, name, record[i]);
    this.text += `${jsonOf(row)}\n`;
    this.lines.push(line);
  }

  build(): Block {
    const { faults, lines } = this;
    // Memory of its own, so that it can be handed to another thread.
    const bytes = Buffer.from(new TextEncoder().encode(this.text).buffer);
    return { bytes, faults, lineOf: (line) => lines[line] ?? 1 };
  }
}

function isOfCsv(error: unknown): error is CsvError {
  return error instanceof Error && String((error as CsvError).code).startsWith('CSV_');
}

function saying(error: CsvError | undefined): string {
  const said = error?.message ?? 'it is malformed';
  return `the CSV is malformed: ${said.slice(0, 200)}`;
}
