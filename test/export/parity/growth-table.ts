import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from './growth-detectors';
import { markdownTable } from '../../../tools/command/report/markdown-table';

const PATH = join(__dirname, 'results', 'growth.ndjson');

/** What a detector of a kind cost over so many records in so many groups. */
export interface Grown {
  kind: string;
  records: number;
  groups: number;
  /** Rows of its answer. */
  found: number;
  /** Of the processor, so that what else a machine does counts little. */
  ms: number;
  mb: number | null;
}

/** Below this, most of the time is that of planning a statement. */
const LEAST_MS = 100;
/** What a measurement on a machine that does other work, too, may be above the next one. */
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
  const kinds = Object.keys(KINDS);
  const lines = [...new Map(all.map(({ kind, groups }) => [`${kind} ${groups}`, { kind, groups }])).values()].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.groups - b.groups,
  );
  const rows = lines.map(({ kind, groups }) => {
    const own = sizes.map((records) => byKey.get(keyOf({ kind, groups, records })));
    const ratios = own.flatMap((one) => (one ? (beyond(one, byKey) ?? []) : []));
    const cells = own.map((one) => (one ? `${one.ms} ms, ${one.mb ?? '–'} MB` : '–'));
    return [
      `\`${kind}\``,
      groups.toLocaleString('en'),
      ...cells,
      ratios.length === 0 ? '–' : Math.max(...ratios).toFixed(2),
    ];
  });
  const more = rows.filter((row) => Number(row.at(-1)) > NOISE).map(([kind, groups]) => `${kind} in ${groups} groups`);
  const head = [
    'kind',
    'groups',
    ...sizes.map((records) => `${records.toLocaleString('en')} records`),
    'beside n log n, at most',
  ];
  return `## Growth

\`npm run parity -- --growth 100000,1000000,10000000\`: what a detector of each kind costs DuckDB in time of the processor, on one thread and with at most 6 GB before it writes to disk, when all records of its day match and a run looks at all of them. The last column is a
time beside what n log n makes of that of a tenth of the records: 1 is n log n, less is slower growth; the highest is shown. ${more.length === 0 ? `Nothing is above ${NOISE}.` : `Above ${NOISE}: ${more.join(', ')}.`}

${markdownTable(head, rows).join('\n')}
`;
}
