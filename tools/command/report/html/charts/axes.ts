import * as Plot from '@observablehq/plot';
import { duration } from '../../words';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Durations that a reader knows, in seconds. */
const KNOWN = [1, 10, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY];

const MUTED = 'var(--muted)';

/** An axis of durations in seconds, on a scale of logarithms. */
export function durationAxis([from, to]: [number, number], label: string): Plot.Markish[] {
  const ticks = KNOWN.filter((seconds) => seconds >= from && seconds <= to);
  return axisX(ticks, label, briefly);
}

/** An axis below a chart, whose margin there is 34: ticks with faint lines up, and below them what they are. */
export function axisX(
  ticks: number[] | Date[],
  label: string | null,
  format: (value: number) => string,
): Plot.Markish[] {
  const text = (value: number | Date): string => format(Number(value));
  return [
    Plot.gridX(ticks as Plot.Data, { stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.text(ticks as Plot.Data, { x: (value: unknown) => value, text, frameAnchor: 'bottom', dy: 13, fill: MUTED }),
    ...(label === null
      ? []
      : [Plot.text([label], { frameAnchor: 'bottom-right', textAnchor: 'end', dy: 27, fill: MUTED })]),
  ];
}

/** 600 → `10m`. */
export function briefly(seconds: number): string {
  return duration(seconds).split(' ')[0]!;
}

/** An axis of the days of a stretch of time, UTC, with the hours between where there is room. */
function timeAxis([from, to]: [number, number], width: number): Plot.Markish[] {
  const most = Math.max(2, Math.floor(width / 80));
  const steps = [3, 6, 12, 24, 48, 96, 168, 336, 672, 2688].map((hours) => hours * HOUR * 1000);
  const step = steps.find((each) => (to - from) / each <= most) ?? steps.at(-1)!;
  const ticks: Date[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) ticks.push(new Date(time));
  return axisX(ticks, null, moment);
}

/** The frame of a chart of rows over time (epoch ms): names in the margin at the left, the axis of time below, places from the top down. */
export function overTime(
  [from, to]: [number, number],
  { width, height, left }: { width: number; height: number; left: number },
  marks: Plot.Markish[],
): Plot.PlotOptions {
  return {
    marginLeft: left,
    marginRight: 22,
    marginTop: 4,
    marginBottom: 24,
    x: { type: 'utc', axis: null, domain: [new Date(from), new Date(to)] },
    y: { domain: [height - 24, 4], axis: null },
    marks: [...timeAxis([from, to], width - left), ...marks],
  };
}

/** `3 Aug` at midnight, `12:00` otherwise. */
function moment(time: number): string {
  const date = new Date(time);
  if (time % (DAY * 1000) !== 0) return date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An axis of counts, money or shares at the left, with faint lines across. */
export function valueAxis(format: (value: number) => string, ticks: number | number[] = 4): Plot.Markish[] {
  const given = Array.isArray(ticks) ? { ticks } : { ticks };
  const labels = { ...given, label: null, tickSize: 0, tickPadding: 6, tickFormat: format };
  return [
    Plot.gridY({ ...given, stroke: 'var(--line)', strokeOpacity: 1 }),
    Plot.axisY({ ...labels, stroke: 'none', fill: MUTED }),
  ];
}

/** 1234567 → `1.2M`. */
export function shortly(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${trimmed(value / 1e6)}M`;
  if (size >= 1e4) return `${trimmed(value / 1e3)}k`;
  return trimmed(value);
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(Math.abs(value) < 1 ? 2 : 1)));
}
