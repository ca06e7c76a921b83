import * as Plot from '@observablehq/plot';
import { NARROW, type Chart } from '../svg';
import { duration, money } from '../../words';
import { durationAxis, shortly, valueAxis } from './axes';

/** A campaign that could be seen: when it was told of (seconds from its first message; null where it was missed), and what it cost in time. */
export interface MoneyCourse {
  seconds: number | null;
  /** US dollars that were gone at each of `at`, and when it was told of: all of it where it was missed. */
  gone: readonly number[];
  lost: number;
}

const MARGINS = { marginLeft: 42, marginRight: 14, marginTop: 10, marginBottom: 34 };
const HEIGHT = 165;

/** The share of campaigns that was caught by a time after their first message. Null where none was. `which`: what campaigns these are. */
export function detectionChart(campaigns: Pick<MoneyCourse, 'seconds'>[], which: string): Chart | null {
  const caught = campaigns.flatMap(({ seconds }) => seconds ?? []).sort((a, b) => a - b);
  if (caught.length === 0) return null;
  const [least, most] = [10, Math.max(86_400, ...caught)];
  const share = (count: number): number => count / campaigns.length;
  const steps = [
    { at: least, share: 0 },
    ...caught.map((seconds, index) => ({ at: Math.max(least, seconds), share: share(index + 1) })),
    { at: most, share: share(caught.length) },
  ];
  const middle = caught[Math.ceil(caught.length / 2) - 1]!;
  const told = `${caught.length} of ${campaigns.length} campaigns caught, half of them within ${duration(middle)} of the first message`;
  return {
    title: 'Time to detect',
    description: `${told}; the last after ${duration(caught.at(-1)!)}.`,
    reading: `Share of ${which} that was caught by then. What was told of before the first message stands at the left edge.`,
    width: NARROW,
    height: HEIGHT,
    plot: {
      ...MARGINS,
      x: { type: 'log', axis: null, domain: [least, most] },
      y: { domain: [0, 1] },
      marks: [
        ...valueAxis((value) => `${Math.round(value * 100)} %`, [0, 0.25, 0.5, 0.75, 1]),
        Plot.areaY(steps, { x: 'at', y: 'share', curve: 'step-after', fill: 'var(--link)', fillOpacity: 0.14 }),
        Plot.line(steps, { x: 'at', y: 'share', curve: 'step-after', stroke: 'var(--link)', strokeWidth: 1.8 }),
        Plot.dot(steps.slice(1, -1), { x: 'at', y: 'share', r: 2, fill: 'var(--link)' }),
        Plot.ruleY([0], { stroke: 'var(--axis)' }),
        ...durationAxis([least, most], 'after the first message'),
      ],
    },
  };
}

/** A line of the money chart. */
export interface MoneyLine {
  name: string;
  stroke: string;
  dash?: string;
  usd: number[];
}

/** What all campaigns had cost by a time after their first message. Null where they cost nothing. `at`: seconds of the values of each line. */
export function moneyChart(lines: MoneyLine[], at: readonly number[], reading: string): Chart | null {
  const most = Math.max(...lines.flatMap(({ usd }) => usd));
  if (!(most > 0)) return null;
  const points = lines.flatMap(({ usd, ...line }) =>
    usd.map((value, index) => ({ ...line, at: at[index]!, usd: value })),
  );
  const ends = lines.map(({ usd, ...line }) => ({ ...line, usd: usd.at(-1)! }));
  const apart = spread(
    ends.map(({ usd }) => usd),
    most / 8,
  );
  return {
    title: 'Money gone',
    description: ends.map(({ name, usd }) => `${name}: ${money(usd)} after ${duration(at.at(-1)!)}.`).join(' '),
    reading,
    width: NARROW,
    height: HEIGHT,
    plot: {
      ...MARGINS,
      marginRight: 96,
      x: { type: 'log', axis: null, domain: [at[0]!, at.at(-1)!] },
      y: { domain: [0, most] },
      marks: [
        ...valueAxis((value) => `$${shortly(value)}`),
        ...lines.map(({ name, stroke, dash }) =>
          Plot.line(
            points.filter((point) => point.name === name),
            { x: 'at', y: 'usd', stroke, strokeWidth: 1.8, ...(dash !== undefined && { strokeDasharray: dash }) },
          ),
        ),
        Plot.text(ends, {
          x: at.at(-1)!,
          y: (_: unknown, index: number) => apart[index]!,
          text: 'name',
          fill: 'stroke',
          textAnchor: 'start',
          dx: 5,
        }),
        Plot.ruleY([0], { stroke: 'var(--axis)' }),
        ...durationAxis([at[0]!, at.at(-1)!], 'after the first message'),
      ],
    },
  };
}

/** What is gone of each campaign at each time, if what was told of it stops it. */
export function withAlerts(campaigns: MoneyCourse[], at: readonly number[]): number[] {
  return at.map((_, index) => campaigns.reduce((sum, { gone, lost }) => sum + Math.min(gone[index]!, lost), 0));
}

/** And if nothing does. */
export function withoutAlerts(campaigns: Pick<MoneyCourse, 'gone'>[], at: readonly number[]): number[] {
  return at.map((_, index) => campaigns.reduce((sum, { gone }) => sum + gone[index]!, 0));
}

/** Places of labels that are no nearer to each other than a gap, each as near to its value as may be, from the lowest up. */
function spread(values: number[], gap: number): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const places = [...values];
  for (let at = 1; at < order.length; at++)
    places[order[at]!] = Math.max(places[order[at]!]!, places[order[at - 1]!]! + gap);
  return places;
}
