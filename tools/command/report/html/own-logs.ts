import type { OwnPicture } from '../../../evidence/own-logs/picture';
import type { OwnReport, OwnResult } from '../../../evidence/own-logs/result';
import { evidenceText, foundText, headText, incidentText, lossText, minute, sourceText } from '../own-words';
import { OWN_FIGURES, ownFigures } from '../own-words';
import { thousands } from '../words';
import { markup, type Piece, type Html } from './html';
import { ownDetectorPart } from './own-detector';
import { pageOf, type Section } from './page';
import { table, tiles } from './parts';
import { fitted } from './room';
import { Charts } from './svg';

/** The report of a replay on one's own logs as a page of its own. */
export function ownPage(report: OwnReport, picture: OwnPicture): string {
  const charts = new Charts();
  const all = [...report.rules, ...report.queries];
  const { losses, incidents, found, notRun, sources } = report;
  const section = (id: string, title: string, items: Piece[]): Section | null =>
    items.length === 0 ? null : { id, title, body: list(items) };
  const sections = [
    { id: 'summary', title: 'Summary', body: summary(report, all) },
    section('lost', 'Not looked at', losses.map(lossText)),
    section(
      'known',
      'Known incidents',
      incidents.map((one, at) => `${at + 1}, ${minute(one.start)} to ${minute(one.end)}: ${incidentText(one)}`),
    ),
    section(
      'found',
      'Incidents found',
      found.map((incident) => {
        const [first, ...others] = foundText(incident);
        return markup`${first!}${list([...others, ...incident.evidence.map(evidenceText)])}`;
      }),
    ),
    section(
      'sources',
      'Sources',
      sources.map((source) => `${source.id}: ${sourceText(source)}`),
    ),
  ];
  const parts = all.map((result, place) => ownDetectorPart(result, place, report, picture, charts));
  const page = (detectors: Html[]): string => {
    const of = (title: string, id: string, from: number, count: number): Section | null =>
      count === 0 ? null : { id, title, body: detectors.slice(from, from + count) };
    return pageOf({
      title: 'Tollgate replay on your own logs',
      meta: headText(report),
      sections: [
        ...sections,
        of('Rules', 'rules', 0, report.rules.length),
        of('Hunting queries', 'queries', report.rules.length, report.queries.length),
        section(
          'not-run',
          'Not run',
          notRun.map(({ name, reason }) => `${name}: ${reason}`),
        ),
      ],
    });
  };
  return page(fitted(parts, Buffer.byteLength(page([]))));
}

function summary({ totals, records, incidents, found, notRun }: OwnReport, all: OwnResult[]): Html {
  const caught = incidents.filter((one) => one.caught).length;
  const high = found.filter(({ level }) => level === 'high').length;
  const rows = all.map((result, place): Piece[] => [
    markup`<a href="#d${place + 1}">${result.name}</a>`,
    ...ownFigures(result),
  ]);
  return markup`${tiles([
    { name: 'records looked at', value: thousands(records) },
    {
      name: 'episodes a day',
      value: totals.days < 1 ? '–' : totals.perDay.toFixed(2),
      more: `${thousands(totals.episodes)} in ${totals.days < 1 ? 'less than a day' : `${totals.days.toFixed(1)} days`}, of all rules and queries`,
    },
    { name: 'incidents found', value: thousands(found.length), more: `${thousands(high)} of them high` },
    ...(incidents.length > 0 ? [{ name: 'known incidents caught', value: `${caught} of ${incidents.length}` }] : []),
    { name: 'rules and queries run', value: thousands(all.length), more: `${thousands(notRun.length)} could not be` },
  ])}
    ${
      all.length > 0 &&
      table(
        'Episodes and days are those outside known incidents. Nearest: how near anything came to the threshold.',
        ['rule or query', ...OWN_FIGURES],
        rows,
        [1, 2, 3, 4, 5, 6],
      )
    }`;
}

function list(items: Piece[]): Html {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}
