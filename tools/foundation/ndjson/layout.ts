/**
 * How a file is written. Plain data, so that it can be sent to a thread with a block of the file's lines.
 *
 * `lines`: NDJSON, as it comes. `json`: any JSON, whose lists and objects are looked into. `timed`: a time before the JSON of each line,
 * as CloudWatch exports it. `columns`: columns on each line; `headed` where the file names them itself. `csv`: rows below a header.
 */
export type TextLayout =
  | { kind: 'lines' }
  | { kind: 'json' }
  | { kind: 'timed' }
  | { kind: 'columns'; columns: string[]; headed: boolean }
  | { kind: 'csv' };
