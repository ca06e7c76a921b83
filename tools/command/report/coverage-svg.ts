import { MOMENTS, type Matrix, type State } from '../../evidence/coverage/matrix';
import { escapeXml } from './xml';

const ROW = 17;
const PART = 11;
const GAP = 5;
const LABELS = 205;
const HEAD = 118;
const LEGEND = 46;
const TOTALS = 66;

/** Colours that remain apart for colour-blind eyes (Okabe and Ito), each with a sign for print. */
const LOOKS: Record<State | 'otherwise', { fill: string; sign: string; ink: string; text: string }> = {
  caught: { fill: '#009e73', sign: '', ink: '#fff', text: 'caught all that it shows' },
  some: { fill: '#9ad9c3', sign: '~', ink: '#064', text: 'caught some' },
  missed: { fill: '#d55e00', sign: '×', ink: '#fff', text: 'missed' },
  otherwise: { fill: '#f8dcc9', sign: '×', ink: '#a34a00', text: 'missed, but caught at another moment' },
  blind: { fill: '#d9d9d9', sign: '–', ink: '#666', text: 'blind: shows none' },
};

/** The matrix as a picture: a row a scenario, a column a source, in each cell what came before, during and after the sending. */
export function coverageSvg({ sources, rows }: Matrix): string {
  const column = MOMENTS.length * PART + GAP;
  const width = LABELS + sources.length * column + TOTALS;
  const height = LEGEND + HEAD + rows.length * ROW + 8;
  const left = (index: number): number => LABELS + index * column;
  const parts: string[] = [
    rect(0, 0, width, height, '#fff'),
    ...legend(),
    ...sources.map((_, index) =>
      rect(left(index) - GAP / 2 - 0.5, LEGEND + HEAD - 12, 1, rows.length * ROW + 12, '#e3e6ea'),
    ),
    ...sources.flatMap((source, index) => [
      `<text transform="translate(${left(index) + column / 2 - 2},${LEGEND + HEAD - 18}) rotate(-55)" font-size="11">${escapeXml(source)}</text>`,
      ...MOMENTS.map((moment, n) =>
        text(left(index) + n * PART + PART / 2, LEGEND + HEAD - 5, moment[0]!, 8, '#777', 'middle'),
      ),
    ]),
    text(left(sources.length) + 2, LEGEND + HEAD - 5, 'by any', 9, '#777'),
  ];
  rows.forEach(({ scenario, cells, caught, present }, line) => {
    const top = LEGEND + HEAD + line * ROW;
    if (line % 2 === 1) parts.push(rect(0, top, width, ROW, '#f4f6f8'));
    parts.push(text(LABELS - 8, top + 12, scenario, 11, '#111', 'end'));
    sources.forEach((source, index) =>
      MOMENTS.forEach((moment, n) => {
        const cell = cells.get(source) ?? {};
        const state = cell[moment];
        const x = left(index) + n * PART;
        if (!state) return;
        const otherwise = state === 'missed' && Object.values(cell).includes('caught');
        const { fill, sign, ink, text: meaning } = LOOKS[otherwise ? 'otherwise' : state];
        parts.push(
          `<g><title>${escapeXml(`${scenario}, ${source}, ${moment}: ${meaning}`)}</title>` +
            rect(x + 0.5, top + 2.5, PART - 1, ROW - 5, fill) +
            (sign && text(x + PART / 2, top + 12, sign, 9, ink, 'middle')) +
            `</g>`,
        );
      }),
    );
    const full = caught === present;
    parts.push(text(left(sources.length) + 2, top + 12, `${caught}/${present}`, 10, full ? '#007a59' : '#b34700'));
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="system-ui, sans-serif" role="img" aria-label="Coverage by scenario, source and moment">\n${parts.join('\n')}\n</svg>\n`
  );
}

function legend(): string[] {
  const moments =
    'In each cell: b before, d during, a after the sending. Empty: no rule or query, or the scenario and the source share no world.';
  let x = LABELS;
  return [
    ...Object.values(LOOKS).flatMap(({ fill, sign, ink, text: meaning }) => {
      const at = x;
      x += 34 + meaning.length * 6.2;
      return [
        rect(at, 6, PART, ROW - 5, fill),
        ...(sign ? [text(at + PART / 2, 15.5, sign, 9, ink, 'middle')] : []),
        text(at + PART + 5, 16, meaning, 11, '#111'),
      ];
    }),
    text(LABELS, 36, moments, 11, '#555'),
  ];
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function text(x: number, y: number, content: string, size: number, fill: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}
