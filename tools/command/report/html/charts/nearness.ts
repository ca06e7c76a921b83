import * as Plot from '@observablehq/plot';
import type { GroupNearness } from '../../../../evidence/replay/detector';
import { NARROW, type Chart } from '../svg';
import { thousands } from '../../words';
import { axisX, shortly } from './axes';

/** What came how near to a threshold. */
export interface NearnessData {
  /** Whose groups they are. */
  of: string;
  /** Group by group; one for each world. */
  groups: GroupNearness[];
  /** How near honest special days, caught and missed campaigns came: 1 is at the threshold. */
  special: number[];
  caught: number[];
  missed: number[];
}

/** Bars between one power of ten and the next. */
const BARS = 8;
/** The least that has a place on the axis, and the most. */
const LEAST = 0.001;
const MOST = 1000;

/** Told apart by their places and signs, not by colour alone. */
const ROWS = [
  { key: 'special', name: 'special days', ink: 'var(--honest)', sign: '□' },
  { key: 'caught', name: 'caught', ink: 'var(--good)', sign: '○' },
  { key: 'missed', name: 'missed', ink: 'var(--bad)', sign: '×' },
] as const;

/**
 * How the values of benign groups lie against the threshold, on an axis of logarithms, with what special days and campaigns came to below. Null where
 * nothing has a place on it.
 */
export function nearnessChart(data: NearnessData): Chart | null {
  const near = data.groups.flatMap((one) => one.near);
  const values = near.filter((value) => value > 0);
  const rows = ROWS.map((row) => ({ ...row, marks: data[row.key].filter((near) => near > 0) })).filter(
    ({ marks }) => marks.length > 0,
  );
  const all = [...values, ...rows.flatMap(({ marks }) => marks)].map(placed);
  if (all.length === 0) return null;
  const highest = values.length > 0 ? Math.max(...values) : null;
  const low = lowest(Math.min(0.5, ...all));
  const high = Math.max(highest !== null && highest < 1 ? 6 : 2, ...all) * 1.25;
  const bars = histogram(values);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const [top, base, rowHeight] = [22, 112, 13];
  const height = base + rows.length * rowHeight + 34;
  const y = (count: number): number => base - (Math.log10(count + 1) / Math.log10(most + 1)) * (base - top - 12);
  const counts = [1, 10, 100, 1000, 10_000, 100_000].filter((count) => count <= most);
  return {
    title: data.of === 'ordinary traffic' ? 'Benign values against the threshold' : 'Values against the threshold',
    description: description(data, highest, rows),
    reading: `How many groups of ${data.of} came how near at their nearest; 100 % is the threshold.${leftOut(data)}`,
    width: NARROW,
    height,
    plot: {
      marginLeft: 64,
      marginRight: 12,
      marginTop: 6,
      marginBottom: 34,
      x: { type: 'log', axis: null, domain: [low, high] },
      y: { domain: [height - 34, 6], axis: null },
      marks: [
        ...axisX(
          powers(low, high),
          'of the threshold',
          (value) => `${thousands(Number((value * 100).toPrecision(3)))} %`,
        ),
        Plot.gridY(counts.map(y), { stroke: 'var(--line)', strokeOpacity: 1 }),
        Plot.text(counts, {
          x: low,
          y: (count: number) => y(count),
          text: (count: number) => shortly(count),
          textAnchor: 'end',
          dx: -6,
          fill: 'var(--muted)',
        }),
        Plot.text(['groups'], { frameAnchor: 'top-left', dx: -58, dy: 0, fill: 'var(--muted)' }),
        ...(highest !== null && highest < 1
          ? [
              Plot.rect([0], {
                x1: placed(highest),
                x2: 1,
                y1: top,
                y2: base,
                fill: 'var(--margin)',
                fillOpacity: 0.12,
              }),
            ]
          : []),
        ...(highest !== null && highest < 1
          ? [Plot.text([margin(highest)], { x: 1, y: top + 8, textAnchor: 'start', dx: 4, fill: 'var(--margin)' })]
          : []),
        Plot.rect(bars, {
          x1: 'from',
          x2: 'to',
          y1: base,
          y2: ({ count }: Bar) => y(count),
          fill: 'var(--benign)',
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.ruleY([base], { stroke: 'var(--axis)' }),
        Plot.ruleX([1], { y1: top - 4, y2: height - 34, stroke: 'var(--bad)', strokeWidth: 1.5 }),
        Plot.text(['threshold'], { x: 1, y: top - 9, fill: 'var(--bad)', textAnchor: 'middle' }),
        ...rows.flatMap(({ name, ink, sign, marks }, row) => {
          const at = base + (row + 0.7) * rowHeight;
          const places = [...new Set(marks.map((near) => Number(placed(near).toPrecision(2))))];
          return [
            Plot.text([name], { x: low, y: at, textAnchor: 'end', dx: -6, fill: ink }),
            Plot.text(places, { x: (place: number) => place, y: at, text: () => sign, fill: ink, fontSize: 12 }),
          ];
        }),
      ],
    },
  };
}

interface Bar {
  from: number;
  to: number;
  count: number;
}

function histogram(values: number[]): Bar[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    // What is at the threshold belongs to the bar that begins there, whatever a logarithm makes of it.
    const place = Math.floor(Math.log10(placed(value)) * BARS + 1e-9);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([place, count]) => ({ from: 10 ** (place / BARS), to: 10 ** ((place + 1) / BARS), count }));
}

function placed(value: number): number {
  return Math.min(MOST, Math.max(LEAST, value));
}

function lowest(value: number): number {
  return 10 ** (Math.floor(Math.log10(value) * BARS + 1e-9) / BARS);
}

function powers(from: number, to: number): number[] {
  const all = [0.001, 0.01, 0.1, 1, 10, 100, 1000].filter((power) => power >= from && power <= to);
  return all.length > 1 ? all : [0.25, 0.5, 1, 2].filter((value) => value >= from && value <= to);
}

function margin(highest: number): string {
  return `margin ×${(1 / highest).toFixed(1)}`;
}

function leftOut({ groups }: NearnessData): string {
  const zero = groups.flatMap(({ near }) => near).filter((value) => value <= 0).length;
  const others = groups.reduce((sum, one) => sum + one.others.groups, 0);
  const known = groups.filter((one) => one.others.groups > 0).map((one) => one.others.most);
  const most = known.some((one) => one === null) ? null : Math.max(...(known as number[]));
  const bound = most === null ? '' : `, of which none can reach more than ${Math.round(most * 100)} %`;
  return [
    ...(zero > 0 ? [` ${thousands(zero)} came to nothing of it.`] : []),
    ...(others > 0 ? [` ${thousands(others)} with fewer events were not tried${bound}.`] : []),
  ].join('');
}

function description(
  { of, groups }: NearnessData,
  highest: number | null,
  rows: { name: string; marks: number[] }[],
): string {
  const count = groups.reduce((sum, { near }) => sum + near.length, 0);
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  const benign =
    highest === null
      ? `No group of ${of} has a value above nothing.`
      : `${thousands(count)} groups of ${of}; the nearest came to ${percent(highest)} of the threshold.`;
  const others = rows.map(({ name, marks }) => {
    const near = [...marks].sort((a, b) => a - b);
    return `${name}: ${near.length}, from ${percent(near[0]!)} to ${percent(near.at(-1)!)}.`;
  });
  return [benign, ...others].join(' ');
}
