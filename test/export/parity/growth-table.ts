import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { table } from './markdown-table';

const PATH = join(__dirname, 'results', 'growth.ndjson');

/** What a detector of a kind cost over so many records in so many groups. */
export interface Grown {
  kind: string;
  records: number;
  groups: number;
  /** Rows of its answer. */
  found: number;
  ms: number;
  mb: number | null;
}

/** Below this, most of the time is that of planning a statement. */
const LEAST_MS = 100;
/** A machine that does other work, too, is so much slower at times. */
const NOISE = 1.5;

/** The committed measurements. */
export function readGrowth(): Grown[] {
  if (!existsSync(PATH)) return [];
  const lines = readFileSync(PATH, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Grown);
}

/** Writes measurements; of two of the same the last counts. */
export function writeGrowth(all: readonly Grown[]): void {
  const byKey = new Map(all.map((one) => [keyOf(one), one]));
  writeFileSync(PATH, [...byKey.values()].map((one) => `${JSON.stringify(one)}\n`).join(''));
}

const keyOf = ({ kind, groups, records }: Omit<Grown, 'found' | 'ms' | 'mb'>): string => `${kind} ${groups} ${records}`;

/** How many times more than n log n a measurement takes, by the one of a tenth of its records; `null` where that is too little to tell. */
export function beyond(grown: Grown, byKey: ReadonlyMap<string, Grown>): number | null {
  const { records, ms } = grown;
  const tenth = byKey.get(keyOf({ ...grown, records: records / 10 }));
  if (!tenth || tenth.ms < LEAST_MS) return null;
  return ms / tenth.ms / ((10 * Math.log(records)) / Math.log(records / 10));
}

/** What the page says of growth. */
export function growthSection(): string {
  const all = readGrowth();
  if (all.length === 0) return '';
  const byKey = new Map(all.map((one) => [keyOf(one), one]));
  const sizes = [...new Set(all.map(({ records }) => records))].sort((a, b) => a - b);
  const lines = [...new Set(all.map(({ kind, groups }) => `${kind} ${groups}`))].map(
    (line) => line.split(' ') as [string, string],
  );
  const rows = lines.map(([kind, groups]) => {
    const own = sizes.map((records) => byKey.get(keyOf({ kind, groups: Number(groups), records })));
    const ratio = own.flatMap((one) => (one ? (beyond(one, byKey) ?? []) : [])).at(-1);
    const cells = own.map((one) => (one ? `${one.ms} ms, ${one.mb ?? '–'} MB` : '–'));
    return [`\`${kind}\``, Number(groups).toLocaleString('en'), ...cells, ratio === undefined ? '–' : ratio.toFixed(2)];
  });
  const more = rows.filter((row) => Number(row.at(-1)) > NOISE).map(([kind, groups]) => `${kind} in ${groups} groups`);
  const head = [
    'kind',
    'groups',
    ...sizes.map((records) => `${records.toLocaleString('en')} records`),
    'beside n log n',
  ];
  return `
## Growth

\`npm run parity -- --growth 100000,1000000\`: what a detector of each kind costs DuckDB, on one thread and with at most 6 GB before it writes to disk, when all records of its day match and a run looks at all of them. The last column is the
time of the most records beside what n log n makes of that of a tenth of them: 1 is n log n, less is slower growth. ${more.length === 0 ? `Nothing is above ${NOISE}.` : `Above ${NOISE}: ${more.join(', ')}.`}

${table(head, rows)}
`;
}
