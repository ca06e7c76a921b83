import type { OwnPicture } from '../../../evidence/own-logs/picture';
import type { OwnReport, OwnResult } from '../../../evidence/own-logs/result';
import { alertText, OWN_FIGURES, ownFigures, ownNotes } from '../own-words';
import { thousands } from '../words';
import { nearnessChart } from './charts/nearness';
import { timeLineChart, type Stretch } from './charts/time-line';
import { markup, type Piece, type Html } from './html';
import { details, facts } from './parts';
import { NO_ROOM, type Sized } from './room';
import type { Charts } from './svg';

/** Alerts that are listed. */
const SHOWN = 20;

/** What a rule or query did on one's own logs. */
export function ownDetectorPart(
  result: OwnResult,
  place: number,
  report: OwnReport,
  picture: OwnPicture,
  charts: Charts,
): Sized {
  const id = `d${place + 1}`;
  const part = (body: Piece): Html =>
    markup`<article class="detector" id="${id}" aria-labelledby="${id}-title">
      <h3 id="${id}-title">${result.name}</h3>
      <p class="path">${result.path}</p>
      ${facts([
        ...OWN_FIGURES.map((name, at): [string, string] => [name, ownFigures(result)[at]!]),
        ['level', result.level],
        ['reads', result.sources.join(', ')],
      ])}
      <ul>
        ${ownNotes(result).map((note) => markup`<li>${note}</li>`)}
      </ul>
      ${body} ${alertList(result)}
    </article>`;
  const lengths: Sized['lengths'] = [part(NO_ROOM), () => part(drawn(result, report, picture, charts))];
  return { rank: result.alerts.length > 0 ? 0 : 1, lengths };
}

function drawn(result: OwnResult, report: OwnReport, picture: OwnPicture, charts: Charts): Html {
  const source = result.sources.find((one) => picture.traffic.has(one));
  const groups = picture.groups.get(result.id) ?? null;
  const near = groups && nearnessChart({ of: 'these logs', groups: [groups], special: [], caught: [], missed: [] });
  const without = [
    ...(source === undefined ? ['No time line: none of its sources shows messages.'] : []),
    ...(near ? [] : ['No distribution of values: it has no threshold for single groups, or the cluster counted them.']),
  ];
  return markup`<div class="charts">
    ${source !== undefined && charts.figure(timeLine(result, source, report, picture))}
    ${near && charts.figure(near)}
    ${without.length > 0 && markup`<div>${without.map((line) => markup`<p class="note">${line}</p>`)}</div>`}
  </div>`;
}

function timeLine(result: OwnResult, source: string, { incidents }: OwnReport, { traffic }: OwnPicture) {
  const stretches = (isIn: boolean): Stretch[] =>
    result.alerts
      .filter((alert) => alert.incidents.length > 0 === isIn)
      .map((alert) => ({ from: Date.parse(alert.start), to: Date.parse(alert.end) }));
  const known = incidents.map(({ start, end }) => ({ from: Date.parse(start), to: Date.parse(end) }));
  const lanes = [
    { name: 'alerts', fill: 'var(--honest)', stretches: stretches(false) },
    ...(known.length > 0
      ? [
          { name: 'in known incidents', fill: 'var(--good)', stretches: stretches(true) },
          { name: 'known incidents', fill: 'var(--bad)', isThin: true, stretches: known },
        ]
      : []),
  ];
  const counts = traffic.get(source)!;
  const hours = counts.step / 3_600_000;
  const what = `messages ${hours === 1 ? 'an hour' : `in ${hours} hours`} (${source})`;
  return timeLineChart('Alerts', counts, lanes, what);
}

function alertList({ alerts, more }: OwnResult): Html | null {
  if (alerts.length === 0) return null;
  const rest = alerts.length + more - SHOWN;
  const shown = alerts.slice(0, SHOWN).map((alert) => markup`<li>${alertText(alert)}</li>`);
  return details(
    `Alerts: ${thousands(alerts.length + more)}`,
    markup`<ul>
      ${shown}${rest > 0 && markup`<li>and ${thousands(rest)} more</li>`}
    </ul>`,
  );
}
