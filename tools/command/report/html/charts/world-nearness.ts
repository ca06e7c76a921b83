import * as Plot from '@observablehq/plot';
import { NARROW, type Chart } from '../svg';
import { axisX } from './axes';

/** The nearest that anything benign came in a world: 1 is at the threshold; `by`: the special day that did, null for ordinary traffic. */
export interface WorldNearness {
  world: string;
  near: number;
  by: string | null;
}

const ROW = 14;
const LEFT = 118;
const LEAST = 0.01;

/** How near anything benign came in each world, on an axis of logarithms. */
export function worldNearnessChart(worlds: WorldNearness[]): Chart {
  const height = worlds.length * ROW + 54;
  const low = Math.min(0.1, ...worlds.map(({ near }) => Math.max(LEAST, near))) / 1.2;
  const high = Math.max(3, ...worlds.map(({ near }) => near)) * 1.2;
  const y = (row: number): number => 20 + (row + 0.5) * ROW;
  const ticks = [0.01, 0.1, 1, 10, 100].filter((tick) => tick >= low && tick <= high);
  return {
    title: 'Nearest benign value, by world',
    description: worlds.map(({ world, near }) => `${world}: ${Math.round(near * 100)} % of the threshold.`).join(' '),
    reading: '● ordinary traffic, □ an honest special day. 100 % is the threshold.',
    width: NARROW,
    height,
    plot: {
      marginLeft: LEFT,
      marginRight: 16,
      marginTop: 4,
      marginBottom: 34,
      x: { type: 'log', domain: [low, high], axis: null },
      y: { domain: [height - 34, 4], axis: null },
      marks: [
        ...axisX(ticks, null, (value) => `${Math.round(value * 100)} %`),
        Plot.ruleX([1], { y1: 16, y2: height - 34, stroke: 'var(--bad)', strokeWidth: 1.5 }),
        Plot.text(['threshold'], { x: 1, y: 11, fill: 'var(--bad)' }),
        Plot.text(worlds, { x: low, y: (_: unknown, row: number) => y(row), text: 'world', textAnchor: 'end', dx: -6 }),
        Plot.text(worlds, {
          x: ({ near }: WorldNearness) => Math.max(LEAST, near),
          y: (_: unknown, row: number) => y(row),
          text: ({ by }: WorldNearness) => (by === null ? '●' : '□'),
          fill: 'var(--benign)',
        }),
      ],
    },
  };
}
