import { colour as pc } from '../../foundation/content/colour';
import { code } from '../../foundation/content/markdown';
import { harmless } from '../../foundation/content/harmless';
import { isEmpty, type Changes, type DetectorChange, type BeforeAfter } from '../../evidence/change/changes';
import { markdownTable } from './markdown-table';
import { table } from './table';
import { money } from './words';

/** How a comparison of two replays is printed. Nothing that a report holds is trusted: names become harmless, and in Markdown they are code, where GitHub calls nobody by an @. */
export const CHANGES_FORMATS = {
  pretty: (changes: Changes) => page(changes, TERMINAL),
  markdown: (changes: Changes) => page(changes, MARKDOWN),
  json: (changes: Changes) => `${JSON.stringify(changes, null, 2)}\n`,
};

/** Names of so many scenarios are told for each kind of change; the rest is counted. */
const TOLD = 6;
/** Rules and queries in the table at most: a comment on GitHub holds 65,536 characters. */
const MOST = 60;
const BAR = 8;

/** How names and tables are written. */
interface Style {
  heading: (text: string) => string;
  name: (text: string) => string;
  /** The first row is the heading. */
  rows: (rows: string[][]) => string[];
}

const MARKDOWN: Style = {
  heading: (text) => `## ${text}`,
  name: code,
  rows: ([head, ...rows]) => markdownTable(head!, rows),
};

const TERMINAL: Style = {
  heading: pc.bold,
  name: harmless,
  rows: (rows) => {
    const columns = process.stdout.columns ?? Infinity;
    return table(rows, { columns, keys: 1, right: rows[0]!.map(() => false), paintHead: pc.bold });
  },
};

function page(changes: Changes, style: Style): string {
  if (isEmpty(changes)) return 'The replay finds what it found before.\n';
  const { detectors } = changes;
  const told = detectors.slice(0, MOST);
  const lines = [
    style.heading('What this changes in the replay'),
    '',
    ...changes.otherReplays.slice(0, TOLD).map((one) => `- not the same replay: ${style.name(one)}`),
    ...(changes.otherReplays.length > 0 ? [''] : []),
    ...totals(changes, style),
    '',
  ];
  if (told.length > 0) lines.push(...differences(told, style), '', ...told.flatMap((one) => stories(one, style)));
  if (detectors.length > told.length) lines.push('', `and ${detectors.length - told.length} more rules and queries`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function totals({ totals: all }: Changes, style: Style): string[] {
  const { caught, atHigh, incidentsPerDay, lost, lostBeforeHigh, cost } = all;
  const share = (loss: BeforeAfter): [string, string] => [
    `${money(loss.base)} (${percent(loss.base, cost.base)})`,
    `${money(loss.head)} (${percent(loss.head, cost.head)})`,
  ];
  const rows: [string, string, string][] = [
    ['campaigns caught', String(caught.base), String(caught.head)],
    ['as a high incident', String(atHigh.base), String(atHigh.head)],
    ['lost before the first alert', ...share(lost)],
    ['lost before an incident was high', ...share(lostBeforeHigh)],
    ['incidents an ordinary day, worst world', incidentsPerDay.base.toFixed(2), incidentsPerDay.head.toFixed(2)],
  ];
  return style.rows([
    ['all rules and queries', 'base', 'head', ''],
    ...rows.map(([what, base, head]) => [what, base, head, base === head ? '' : 'changed']),
  ]);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function differences(detectors: DetectorChange[], { name, rows }: Style): string[] {
  return rows([
    ['rule or query', 'caught', '', 'lost by then', 'benign episodes', 'level', 'verdict'],
    ...detectors.map(({ path, caught, lost, episodes, level, verdict }) => [
      name(nameOf(path)),
      both(caught, (one) => `${one.caught}/${one.visible}`),
      [caught.base, caught.head].flatMap((one) => (one === null ? [] : [bar(one.caught, one.visible)])).join(' → '),
      both(lost, money),
      both(episodes, String),
      both(level, name),
      both(verdict, name),
    ]),
  ]);
}

/** `5/9 → 7/9`; one value where both are the same. */
function both<Value>({ base, head }: BeforeAfter<Value | null>, text: (value: Value) => string): string {
  const [before, after] = [base === null ? '–' : text(base), head === null ? '–' : text(head)];
  return before === after ? after : `${before} → ${after}`;
}

/** The part of what was visible that was caught, as a bar of eight. */
function bar(part: number, whole: number): string {
  const full = whole === 0 ? 0 : Math.min(BAR, Math.round((BAR * part) / whole));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}

function nameOf(path: string): string {
  return path
    .split('/')
    .at(-1)!
    .replace(/\.yml$/, '');
}

function stories(change: DetectorChange, style: Style): string[] {
  const { caught, newlyCaught, newlyMissed, newlyRaised, noLongerRaised } = change;
  const isNew = caught.base === null;
  const parts: [string, string[]][] = [
    ['catches', newlyCaught],
    ['misses', caught.head === null ? [] : newlyMissed],
    ['is raised by', newlyRaised],
    ['is no longer raised by', caught.head === null ? [] : noLongerRaised],
  ];
  const told = parts.filter(([, names]) => names.length > 0).map(([what, names]) => `${what} ${some(names, style)}`);
  const begin = isNew ? ['new'] : caught.head === null ? ['removed'] : [];
  const all = [...begin, ...told];
  return all.length === 0 ? [] : [`- ${style.name(nameOf(change.path))}: ${all.join('; ')}`];
}

function some(names: string[], { name }: Style): string {
  const rest = names.length - TOLD;
  return names.slice(0, TOLD).map(name).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
