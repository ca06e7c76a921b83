import type { Comparisons, Side } from '../../evidence/baseline/equal';
import { plain } from '../../foundation/content/markdown';
import { markdownTable } from './markdown-table';
import { duration, money } from './words';

const HEADS = ['', 'benign a day', 'caught', 'blind', 'loud', 'slow', 'first alert', 'lost'];
const GAP = '  ';

/** The baselines beside the pack, for a terminal: a block of lines for each, and one for the pack as a whole. */
export function prettyBaselines(comparisons: Comparisons): string {
  const rows = rowsOf(comparisons);
  const widths = HEADS.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join(GAP)
      .trimEnd();
  return `${[HEADS, ...rows].map(line).join('\n')}\n\n${blindLines(comparisons).join('\n')}\n`;
}

/** The same as a table in Markdown. */
export function markdownBaselines(comparisons: Comparisons): string {
  const rows = rowsOf(comparisons).map((row) => row.map(plain));
  return `${[...markdownTable(HEADS, rows, 1), '', ...blindLines(comparisons).map((text) => `- ${plain(text)}`)].join('\n')}\n`;
}

function rowsOf({ pack, baselines }: Comparisons): string[][] {
  return [
    row('The whole pack', pack),
    ...baselines.flatMap(({ title, published, packAtItsRate, atPackRate }) => [
      row(title, published),
      row(`  the pack's ${packAtItsRate.used} quietest of ${packAtItsRate.of}, no noisier than it`, packAtItsRate),
      ...(atPackRate ? [row(`  it with thresholds ×${atPackRate.factor}, no noisier than the pack`, atPackRate)] : []),
    ]),
  ];
}

function row(name: string, { benign, campaigns, loud, slow, medianSeconds, usd }: Side): string[] {
  return [
    name,
    `${benign.perDay.toFixed(2)}${benign.perDay > 0 ? ` (${benign.world})` : ''}`,
    `${campaigns.caught}/${campaigns.present}`,
    String(campaigns.blind),
    `${loud.caught}/${loud.present}`,
    `${slow.caught}/${slow.present}`,
    duration(medianSeconds),
    `${money(usd.lost)} of ${money(usd.present)}`,
  ];
}

function blindLines({ baselines }: Comparisons): string[] {
  return baselines.map(
    ({ title, blind }) =>
      `${title}: ${blind.length > 0 ? `blind to ${blind.join(', ')}` : 'sees every campaign in some world'}.`,
  );
}
