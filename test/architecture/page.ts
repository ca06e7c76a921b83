import { importsOfRooms } from './imports';
import { roomOf, ROOMS } from './rooms';

export const PAGE = 'docs/architecture.md';

const START = '<!-- generated:picture -->';
const END = '<!-- /generated:picture -->';

/** The page with the picture of today's imports in place of the one it has. */
export function pageWithPicture(page: string): string {
  const [before, after] = [page.indexOf(START), page.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`${PAGE} needs the lines ${START} and ${END}`);
  return `${page.slice(0, before)}${START}\n\n${picture()}\n\n${page.slice(after)}`;
}

/**
 * Rooms and the arrows between them, in Mermaid: an arrow leads to what is imported. An arrow that others
 * imply is left out.
 */
function picture(): string {
  const arrows = new Map<string, number>();
  for (const [file, targets] of importsOfRooms())
    for (const target of targets) {
      if (roomOf(file) === roomOf(target)) continue;
      const arrow = `${roomOf(file)} ${roomOf(target)}`;
      arrows.set(arrow, (arrows.get(arrow) ?? 0) + 1);
    }
  const leads = (from: number, to: number): boolean => arrows.has(`${from} ${to}`);
  const isImplied = (from: number, to: number): boolean =>
    ROOMS.some((_, between) => between !== to && leads(from, between) && reaches(between, to));
  const reaches = (from: number, to: number): boolean =>
    leads(from, to) || ROOMS.some((_, between) => leads(from, between) && reaches(between, to));
  const boxes = ROOMS.map(({ name, folders }, index) => {
    const inside = folders.flat().join(' · ');
    return `  r${index}["<b>${name}</b>${inside && `<br/>${inside}`}"]`;
  });
  const drawn = [...arrows.keys()]
    .map((arrow) => arrow.split(' ').map(Number) as [number, number])
    .filter(([from, to]) => !isImplied(from, to))
    .sort(([a, b], [c, d]) => a - c || b - d)
    .map(([from, to]) => `  r${from} --> r${to}`);
  const rows = ROOMS.map(({ name }, from): [string, string] => {
    const uses = ROOMS.flatMap((room, to) => {
      const count = arrows.get(`${from} ${to}`);
      return count === undefined ? [] : [room.name];
    });
    return [name, uses.join(', ') || 'nothing else of the repository'];
  });
  return ['```mermaid', 'flowchart BT', ...boxes, ...drawn, '```', '', ...table(['room', 'imports from'], rows)].join(
    '\n',
  );
}

/** A Markdown table as Prettier writes it. */
function table(head: [string, string], rows: [string, string][]): string[] {
  const widths = [0, 1].map((column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
