import * as Plot from '@observablehq/plot';
import { NARROW, type Chart } from '../svg';
import { axisX } from './axes';

/** Shares of one row, such as a world, from 0 to 1. */
export interface ShareRow {
  name: string;
  shares: (number | null)[];
}

/** A kind of share, told apart by its sign. */
export interface ShareKind {
  name: string;
  sign: string;
  ink: string;
}

const ROW = 17;
const LEFT = 112;

/** Shares as signs on one axis of per cent, a row each. */
export function sharesChart(title: string, rows: ShareRow[], kinds: ShareKind[], reading: string): Chart {
  const height = rows.length * ROW + 44;
  const y = (row: number): number => 8 + (row + 0.5) * ROW;
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return {
    title,
    description: rows
      .map(({ name, shares }) => {
        const said = kinds.map((kind, at) => `${kind.name} ${shares[at] == null ? '–' : percent(shares[at])}`);
        return `${name}: ${said.join(', ')}.`;
      })
      .join(' '),
    reading: `${kinds.map(({ sign, name }) => `${sign} ${name}`).join(', ')}. ${reading}`,
    width: NARROW,
    height,
    plot: {
      marginLeft: LEFT,
      marginRight: 18,
      marginTop: 4,
      marginBottom: 34,
      x: { domain: [0, 1], axis: null },
      y: { domain: [height - 34, 4], axis: null },
      marks: [
        ...axisX([0, 0.25, 0.5, 0.75, 1], null, percent),
        Plot.ruleY(
          rows.map((_, row) => y(row)),
          { stroke: 'var(--line)' },
        ),
        Plot.text(rows, { x: 0, y: (_: ShareRow, row: number) => y(row), text: 'name', textAnchor: 'end', dx: -8 }),
        ...kinds.map(({ sign, ink }, at) =>
          Plot.text(rows, {
            x: ({ shares }: ShareRow) => shares[at],
            y: (_: ShareRow, row: number) => y(row),
            text: () => sign,
            fill: ink,
          }),
        ),
      ],
    },
  };
}
