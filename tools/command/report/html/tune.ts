import type { TunedParameter, TunePoint, TuneReport } from '../../../evidence/tune/result';
import { UNIT_WORDS } from '../../../evidence/replay/exposure';
import { choiceText, reportedText, sweepText, TUNE_HEADS, tuneCells } from '../tune-words';
import { money } from '../words';
import { shortly } from './charts/axes';
import { sweepChart, type SweepCurve } from './charts/sweep';
import { markup, type Html } from './html';
import { pageOf } from './page';
import { table, tiles } from './parts';
import { Charts } from './svg';

/** A sweep as a page of its own: of each parameter what to do, its curves and its values. */
export function tunePage(report: TuneReport): string {
  const charts = new Charts();
  return pageOf({
    title: `Tollgate tune: ${report.name}`,
    meta: markup`${sweepText(report)}<br />${report.path}`,
    sections: [
      { id: 'summary', title: 'Summary', body: summary(report) },
      ...report.parameters.map((parameter, place) => ({
        id: `p${place + 1}`,
        title: parameter.parameter,
        body: parameterPart(parameter, report, charts),
      })),
    ],
  });
}

function summary(report: TuneReport): Html {
  return markup`<ul>
    ${report.parameters.map(
      (parameter, place) =>
        markup`<li><a href="#p${place + 1}">${parameter.parameter}</a>: ${choiceText(parameter, report)}</li>`,
    )}
  </ul>`;
}

function parameterPart(parameter: TunedParameter, report: TuneReport, charts: Charts): Html {
  const { description, unit, range, points, reported, present, choice, nearest } = parameter;
  const at = points.find(({ value }) => value === (choice ?? nearest ?? present)) ?? points[0]!;
  const rows = (of: TunePoint[]) =>
    of.map((point) => {
      const [marks, value, ...cells] = tuneCells(point, report, parameter);
      return [value!, marks!, ...cells];
    });
  const heads = [TUNE_HEADS[1]!, 'what it is', ...TUNE_HEADS.slice(2)];
  const right = [2, 3, 4, 5, 6];
  return markup`<p>${description} ${range.join(' to ')} ${unit}.</p>
    ${tiles([
      { name: 'present value', value: String(present), more: unit },
      choice !== null
        ? { name: 'value to take', value: String(choice), more: unit }
        : { name: 'value to take', value: '–', more: nearest === null ? 'none is chosen' : `nearest is ${nearest}` },
      { name: 'caught there', value: `${at.campaigns.caught} of ${at.campaigns.present}` },
      { name: 'lost there before the alert', value: money(at.usdLost), more: `of ${money(at.usd)}` },
      { name: 'false episodes a day there', value: at.perDay.toFixed(2) },
    ])}
    <p><strong>${sentence(choiceText(parameter, report))}</strong></p>
    <div class="charts">
      ${curves(parameter, report).map((curve) => charts.figure(sweepChart(curve), 3))}
    </div>
    ${table('Each value, on the seeds on which values are chosen', heads, rows(points), right)}
    ${
      reported.length > 0 &&
      table(`The present and the chosen value ${reportedText(report)}`, heads, rows(reported), right)
    }`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function curves(
  { points, unit, present, choice, nearest }: TunedParameter,
  { budget, days }: TuneReport,
): SweepCurve[] {
  const marks = [
    ...(present === choice
      ? [{ value: present, name: 'present, to keep', stroke: 'var(--good)' }]
      : [{ value: present, name: 'present', stroke: 'var(--muted)', dash: '4 3' }]),
    ...(choice !== null && choice !== present ? [{ value: choice, name: 'take', stroke: 'var(--good)' }] : []),
    ...(nearest !== null && nearest !== present
      ? [{ value: nearest, name: 'nearest', stroke: 'var(--warn)', dash: '1 3' }]
      : []),
  ];
  const common = { unit, marks };
  const worst = points.flatMap(({ value, worst: one }) =>
    one ? [{ value, figure: one.rate, low: one.rate, high: one.high }] : [],
  );
  return [
    {
      ...common,
      title: 'Campaigns caught',
      reading: 'Of those that its sources show.',
      points: points.map(({ value, campaigns }) => ({ value, figure: campaigns.caught })),
      format: shortly,
    },
    {
      ...common,
      title: 'Lost before the alert',
      reading: 'US dollars that these campaigns had cost at its first alert, all of them where it missed one.',
      points: points.map(({ value, usdLost }) => ({ value, figure: usdLost })),
      format: (usd) => `$${shortly(usd)}`,
    },
    {
      ...common,
      title: 'False episodes a day',
      reading: `Of ordinary traffic, with the exact 95 % interval; each of ${days} days a world and seed.`,
      points: points.map(({ value, perDay, interval: [low, high] }) => ({ value, figure: perDay, low, high })),
      format: shortly,
    },
    {
      ...common,
      title: 'Incidents a day',
      reading: 'What an analyst would open on ordinary traffic.',
      points: points.map(({ value, incidentsPerDay }) => ({ value, figure: incidentsPerDay })),
      format: shortly,
    },
    ...(budget && worst.length > 0
      ? [
          {
            ...common,
            title: 'By the budget',
            reading: `False episodes ${UNIT_WORDS[budget.per]} in the worst world, up to the one-sided 95 % bound.`,
            points: worst,
            format: shortly,
            limit: { figure: budget.max, name: `budget ${budget.max}` },
          },
        ]
      : []),
  ];
}
