import * as Plot from '@observablehq/plot';
import { NARROW, type Chart } from '../svg';
import { axisX, shortly, valueAxis } from './axes';

/** What was found at one value of a parameter; `low` and `high` are the ends of an interval. */
export interface SweepPoint {
  value: number;
  figure: number;
  low?: number;
  high?: number;
}

/** A curve over a parameter's values. */
export interface SweepCurve {
  title: string;
  reading: string;
  unit: string;
  points: SweepPoint[];
  format: (figure: number) => string;
  /** Values that are marked, with what they are. */
  marks: { value: number; name: string; stroke: string; dash?: string }[];
  /** A figure that is not to be passed. */
  limit?: { figure: number; name: string };
}

/** Values so far apart are on an axis of logarithms. */
const FAR = 20;

/** A curve with the interval of each figure, and lines at the values that are marked. */
export function sweepChart({ title, reading, unit, points, format, marks, limit }: SweepCurve): Chart {
  const values = points.map(({ value }) => value);
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const isLog = from > 0 && to / from >= FAR;
  const most = Math.max(...points.map(({ figure, high }) => high ?? figure), limit?.figure ?? 0);
  const said = points.map(({ value, figure }) => `${value}: ${format(figure)}`).join(', ');
  return {
    title,
    description: `By ${unit}: ${said}. ${marks.map(({ name, value }) => `${name} ${value}.`).join(' ')}`,
    reading,
    width: NARROW,
    height: 180,
    plot: {
      marginLeft: 48,
      marginRight: 16,
      marginTop: 24,
      marginBottom: 34,
      x: { type: isLog ? 'log' : 'linear', domain: from === to ? [from - 1, to + 1] : [from, to], axis: null },
      y: { domain: [0, most || 1] },
      marks: [
        ...valueAxis(format),
        ...axisX(ticksOf(values), unit, shortly),
        ...(points.some(({ high }) => high !== undefined)
          ? [Plot.areaY(points, { x: 'value', y1: 'low', y2: 'high', fill: 'var(--link)', fillOpacity: 0.16 })]
          : []),
        ...(limit
          ? [
              Plot.ruleY([limit.figure], { stroke: 'var(--bad)', strokeDasharray: '4 3' }),
              Plot.text([limit.name], {
                ...{ x: to, y: limit.figure, textAnchor: 'end', dy: -6, fill: 'var(--bad)' },
              }),
            ]
          : []),
        ...marks.flatMap(({ value, name, stroke, dash }, row) => [
          Plot.ruleX([value], { stroke, strokeWidth: 1.5, ...(dash !== undefined && { strokeDasharray: dash }) }),
          Plot.text([name], {
            ...{ x: value, frameAnchor: 'top', lineAnchor: 'bottom', dy: row === 0 ? -4 : -14, fill: stroke },
            textAnchor: value > (from + to) / 2 && !isLog ? 'end' : 'start',
          }),
        ]),
        Plot.line(points, { x: 'value', y: 'figure', stroke: 'var(--link)', strokeWidth: 1.8 }),
        Plot.dot(points, { x: 'value', y: 'figure', r: 2.2, fill: 'var(--link)' }),
        Plot.ruleY([0], { stroke: 'var(--axis)' }),
      ],
    },
  };
}

/** The first and the last value and some between. */
function ticksOf(values: number[]): number[] {
  const most = 5;
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, at) => values[Math.round((at * (values.length - 1)) / (most - 1))]!);
}
