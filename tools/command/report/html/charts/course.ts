import * as Plot from '@observablehq/plot';
import { WIDE, type Chart } from '../svg';
import { duration } from '../../words';
import { overTime } from './axes';

/** A campaign on the time line: when it ran, and when it was first told of and became high (epoch ms). */
export interface CampaignRow {
  name: string;
  from: number;
  to: number;
  /** Null where it was missed. */
  told: number | null;
  high: number | null;
}

const ROW = 15;
const LEFT = 190;

/** Campaigns as rows of a time line, with the first alert and the moment at which an incident was high. */
export function courseChart(title: string, rows: CampaignRow[]): Chart {
  const moments = rows.flatMap(({ from, to, told, high }) => [from, to, told ?? from, high ?? from]);
  const [first, last] = [Math.min(...moments), Math.max(...moments)];
  const height = rows.length * ROW + 40;
  const least = ((last - first) / (WIDE - LEFT)) * 2;
  const middle = (_: CampaignRow, row: number): number => 16 + (row + 0.5) * ROW;
  const at = (time: number | null): Date | null => (time === null ? null : new Date(time));
  const caught = rows.filter(({ told }) => told !== null);
  return {
    title,
    description: rows
      .map(({ name, from, told, high }) => {
        const alert = told === null ? 'missed' : `first alert ${after(told - from)}`;
        return `${name}: ${alert}${high === null ? '' : `, high ${after(high - from)}`}.`;
      })
      .join(' '),
    reading:
      'A bar is a campaign, red where nothing told of it. ● is the first alert of level medium or above, ◆ the moment at which an incident was high. Campaigns are judged one by one, as if each were alone.',
    width: WIDE,
    height,
    plot: overTime([first, last], { width: WIDE, height, left: LEFT }, [
      Plot.text([`${caught.length} of ${rows.length} caught`], {
        x: new Date(first),
        y: 9,
        textAnchor: 'start',
        fill: 'var(--muted)',
      }),
      Plot.text(rows, { x: new Date(first), y: middle, text: 'name', textAnchor: 'end', dx: -6 }),
      Plot.rect(rows, {
        x1: ({ from }: CampaignRow) => new Date(from),
        x2: ({ from, to }: CampaignRow) => new Date(Math.max(to, from + least)),
        y1: (row: CampaignRow, index: number) => middle(row, index) - 3,
        y2: (row: CampaignRow, index: number) => middle(row, index) + 3,
        fill: ({ told }: CampaignRow) => (told === null ? 'var(--bad)' : 'var(--traffic)'),
      }),
      Plot.dot(rows, {
        x: ({ told }: CampaignRow) => at(told),
        y: middle,
        r: 3.2,
        fill: 'var(--good)',
        stroke: 'var(--bg)',
      }),
      Plot.dot(rows, {
        x: ({ high }: CampaignRow) => at(high),
        y: middle,
        r: 4,
        symbol: 'diamond',
        fill: 'var(--link)',
        stroke: 'var(--bg)',
      }),
    ]),
  };
}

function after(ms: number): string {
  return ms < 0 ? 'before its first message' : `${duration(ms / 1000)} after its start`;
}
