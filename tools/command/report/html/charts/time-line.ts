import * as Plot from '@observablehq/plot';
import type { MessageCounts } from '../../../../evidence/own-logs/picture';
import { WIDE, type Chart } from '../svg';
import { thousands } from '../../words';
import { overTime, shortly } from './axes';

/** A stretch of time in a lane (epoch ms). */
export interface Stretch {
  from: number;
  to: number;
}

/** Stretches of one kind. */
export interface Lane {
  name: string;
  fill: string;
  /** Thin for what happened, thick for what was told. */
  isThin?: boolean;
  stretches: Stretch[];
}

const AREA = { top: 20, bottom: 74 };
const LANE = 16;
const LEFT = 118;
/** Where what is left of a stretch of time would not be seen. */
const LEAST_WIDTH = 2.5;

/** Alerts against traffic: its counts above, below a lane for each kind of stretch. `what`: what is counted. */
export function timeLineChart(
  title: string,
  { start, step, counts }: MessageCounts,
  lanes: Lane[],
  what: string,
): Chart {
  const last = Math.max(
    start + step * counts.length,
    ...lanes.flatMap(({ stretches }) => stretches.map(({ to }) => to)),
  );
  const first = Math.min(start, ...lanes.flatMap(({ stretches }) => stretches.map(({ from }) => from)));
  const height = AREA.bottom + lanes.length * LANE + 30;
  const most = Math.max(1, ...counts);
  const y = (count: number): number => AREA.bottom - (count / most) * (AREA.bottom - AREA.top);
  const points = counts.flatMap((count, index) => [
    { time: new Date(start + index * step), count },
    { time: new Date(start + (index + 1) * step), count },
  ]);
  const least = ((last - first) / (WIDE - LEFT - 12)) * LEAST_WIDTH;
  const middle = (lane: number): number => AREA.bottom + 6 + (lane + 0.5) * LANE;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    title,
    description: `${thousands(total)} ${what}. ${lanes
      .map(
        ({ name, stretches }) =>
          `${name}: ${stretches.length}${stretches.length > 0 ? `, the first ${iso(Math.min(...stretches.map(({ from }) => from)))}` : ''}.`,
      )
      .join(' ')}`,
    reading: `Above, ${what}; below, what was told and when (UTC).`,
    width: WIDE,
    height,
    plot: overTime([first, last], { width: WIDE, height, left: LEFT }, [
      Plot.areaY(points, {
        x: 'time',
        y1: AREA.bottom,
        y2: ({ count }: { count: number }) => y(count),
        fill: 'var(--traffic)',
      }),
      Plot.text([most], { x: new Date(first), y, text: shortly, textAnchor: 'end', dx: -6, fill: 'var(--muted)' }),
      Plot.text([what], { x: new Date(first), y: AREA.top - 12, textAnchor: 'start', fill: 'var(--muted)' }),
      Plot.ruleY([AREA.bottom], { stroke: 'var(--axis)' }),
      ...lanes.flatMap(({ name, fill, isThin, stretches }, lane) => [
        Plot.text([name], { x: new Date(first), y: middle(lane), textAnchor: 'end', dx: -6, fill: 'var(--ink)' }),
        Plot.ruleY([middle(lane)], { stroke: 'var(--line)' }),
        Plot.rect(stretches, {
          x1: ({ from }: Stretch) => new Date(from),
          x2: ({ from, to }: Stretch) => new Date(Math.max(to, from + least)),
          y1: middle(lane) - (isThin ? 2 : 5),
          y2: middle(lane) + (isThin ? 2 : 5),
          fill,
          fillOpacity: isThin ? 0.6 : 1,
        }),
      ]),
    ]),
  };
}

function iso(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
