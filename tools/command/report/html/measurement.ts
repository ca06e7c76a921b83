import type { MeasuredPack, MeasuredSet, Results } from '../../../evidence/measure/results';
import { caughtSentences } from '../measured-independent';
import { packCells, PACK_HEADS, presentIn, SHORT_HEADS, shortCells } from '../measured-content';
import { part, rate, sumOf } from '../measured-figures';
import { thousands } from '../words';
import { sharesChart } from './charts/shares';
import { coverageTable } from './coverage';
import { markup, type Piece, type Html } from './html';
import { caughtOf, measuredPart, worstText, type MeasuredPair } from './measured-detector';
import { pageOf, type Section } from './page';
import { table, tiles } from './parts';
import { fitted } from './room';
import { Charts } from './svg';

/** The sets of a measurement, the independent one first. `name` follows "written". */
interface NamedSet {
  name: string;
  set: MeasuredSet;
}

/** A measurement as a page of its own. */
export function measuredPage(results: Results): string {
  const charts = new Charts();
  const { independent, detectors } = results;
  const sets: NamedSet[] = [
    ...(independent ? [{ name: 'independently of the rules', set: independent }] : []),
    { name: 'alongside the rules', set: results },
  ];
  const apart = new Map(independent?.detectors.map((detector) => [detector.id, detector]));
  const pairs = detectors.map((own): MeasuredPair => ({ own, apart: apart.get(own.id) }));
  const sections: Section[] = [
    { id: 'summary', title: 'Summary', body: summary(results, sets) },
    { id: 'worlds', title: 'Worlds', body: sets.map((one) => worldsPart(one, charts)) },
    { id: 'coverage', title: 'Coverage', body: sets.map(coveragePart) },
    { id: 'detectors', title: 'Rules and queries', body: overview(pairs) },
  ];
  const page = (parts: Html[]): string =>
    pageOf({
      title: 'Tollgate measurement',
      meta: head(results),
      sections: [...sections, { id: 'each', title: 'One by one', body: parts }],
    });
  const parts = pairs.map((pair, place) => measuredPart(pair, place, charts));
  return page(fitted(parts, Buffer.byteLength(page([]))));
}

function head({ units, independent, development }: Results): string {
  const all = [...units, ...(independent?.units ?? [])];
  const worlds = new Set(all.map(({ world }) => world)).size;
  return (
    `${thousands(all.length)} runs of ${worlds} worlds, ${thousands(sumOf(all, 'days'))} measured days, ${thousands(sumOf(all, 'events'))} records` +
    (development ? ' · on the seeds on which thresholds are chosen: do not report these figures' : '')
  );
}

function summary(results: Results, sets: NamedSet[]): Html {
  const [{ set, name }] = sets as [NamedSet];
  const campaigns = set.pack.flatMap((one) => one.campaigns);
  const present = presentIn(campaigns);
  const share = (count: number) => `${part(count, present)} of the campaigns written ${name}`;
  const gone = (key: 'lost' | 'lostBeforeHigh' | 'lostAtBound') =>
    part(sumOf(campaigns, key), sumOf(campaigns, 'cost'));
  const of = (key: 'caught' | 'atHigh') => `${thousands(sumOf(campaigns, key))} of ${thousands(present)}`;
  const worst = Math.max(...set.pack.map(({ incidents, days }) => incidents.incidents / days));
  return markup`${tiles([
    { name: 'campaigns caught', value: of('caught'), more: share(sumOf(campaigns, 'caught')) },
    { name: 'as a high incident', value: of('atHigh'), more: share(sumOf(campaigns, 'atHigh')) },
    { name: 'of the money lost before the first alert', value: gone('lost') },
    { name: 'lost before a high incident', value: gone('lostBeforeHigh') },
    { name: 'lost before anybody could know', value: gone('lostAtBound') },
    { name: 'incidents per ordinary day', value: rate(worst), more: 'in the worst world' },
  ])}
    ${caughtSentences(results).map((sentence) => markup`<p>${sentence}</p>`)}
    ${table(
      'Campaigns written alongside the rules flatter them.',
      ['campaigns written', ...SHORT_HEADS],
      sets.map(({ name: which, set: { pack } }) => [which, ...shortCells(pack)]),
      [1, 2, 3, 4, 5, 6, 7],
    )}`;
}

const KINDS = [
  { name: 'caught', sign: '●', ink: 'var(--good)' },
  { name: 'as a high incident', sign: '◆', ink: 'var(--link)' },
];
const LOSSES = [
  { name: 'before anybody could know', sign: '○', ink: 'var(--muted)' },
  { name: 'before the first alert', sign: '●', ink: 'var(--bad)' },
  { name: 'before a high incident', sign: '◆', ink: 'var(--link)' },
];

function worldsPart({ name, set: { pack } }: NamedSet, charts: Charts): Html {
  const share = (of: number, whole: number): number | null => (whole > 0 ? of / whole : null);
  const rows = (sharesOf: (campaigns: MeasuredPack['campaigns']) => (number | null)[]) =>
    pack.map(({ world, campaigns }) => ({ name: world, shares: sharesOf(campaigns) }));
  const caught = rows((all) => (['caught', 'atHigh'] as const).map((key) => share(sumOf(all, key), presentIn(all))));
  const lost = rows((all) =>
    (['lostAtBound', 'lost', 'lostBeforeHigh'] as const).map((key) => share(sumOf(all, key), sumOf(all, 'cost'))),
  );
  const cells = [
    ...pack.map(({ world, days, campaigns }) => [world, String(days), ...packCells(campaigns)]),
    ['all', String(sumOf(pack, 'days')), ...packCells(pack.flatMap(({ campaigns }) => campaigns))],
  ];
  return markup`<h3>Scenarios written ${name}</h3>
    <div class="charts">
      ${charts.figure(sharesChart('Campaigns caught, by world', caught, KINDS, 'Shares of all campaigns, including those that no source shows.'))}
      ${charts.figure(sharesChart('Money lost, by world', lost, LOSSES, 'Shares of what the campaigns would have cost, by the rate card.'))}
    </div>
    ${table(`Each world, with scenarios written ${name}`, PACK_HEADS, cells, PACK_HEADS.map((_, at) => at).slice(1))}`;
}

function coveragePart({ name, set: { detectors, pack } }: NamedSet): Html {
  const campaigns = pack.flatMap((one) => one.campaigns);
  return markup`<h3>Scenarios written ${name}</h3>
    ${coverageTable({ detectors, campaigns }, `Scenarios written ${name}, by log source: what the best of the rules and queries that read it caught`)}`;
}

function overview(pairs: MeasuredPair[]): Html {
  const rows = pairs.map(({ own, apart }, place): Piece[] => [
    markup`<a href="#d${place + 1}">${own.title}</a>`,
    own.level,
    apart ? caughtOf(apart) : '–',
    caughtOf(own),
    String(sumOf(own.campaigns, 'blind') + sumOf(apart?.campaigns ?? [], 'blind')),
    worstText(own),
  ]);
  return table(
    'Caught: of the campaigns that its sources show. Benign a day, at most: the upper 95 % bound of its episodes in ordinary traffic, in the worst world.',
    ['rule or query', 'level', 'independent caught', 'others caught', 'blind', 'benign a day, at most'],
    rows,
    [2, 3, 4],
  );
}
