import { plain } from '../../foundation/content/markdown';
import type {
  MeasuredCampaigns,
  MeasuredPack,
  MeasuredUnit,
  PackCampaigns,
  Pace,
} from '../../evidence/measure/results';
import { LEVELS } from '@tollgate/sigma/rules/attributes';
import { upper95 } from '../../foundation/statistics/poisson';
import { quantile } from '../../foundation/statistics/quantile';
import { part, rate, sumOf } from './measured-figures';
import { money, thousands } from './words';

/** Worlds with the seeds and days that were measured. */
export function unitRows(units: MeasuredUnit[]): string[][] {
  const groups = new Map<string, MeasuredUnit[]>();
  for (const unit of units) {
    const key = `${unit.world} ${unit.days} ${unit.detectors} ${unit.scenarios}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  return [...groups.values()].map((group) => {
    const [{ world, days, detectors, scenarios }] = group as [MeasuredUnit];
    const records = (chosen: MeasuredUnit[]) => thousands(chosen.reduce((sum, { events }) => sum + events, 0));
    const both = group.filter(({ engine }) => engine === 'both');
    return [
      plain(world),
      scenarios === 'independent' ? 'independent' : 'alongside the rules',
      spans(group.map(({ seed }) => seed)),
      String(days),
      plain(detectors),
      records(group),
      records(both),
    ];
  });
}

/** 101, 102, 103, 110 → `101–103, 110`. */
function spans(numbers: number[]): string {
  const found: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

export const PACK_HEADS = [
  'world',
  'days',
  'loud caught',
  'slow caught',
  'high incidents',
  'before half',
  'before nine tenths',
  'by two sources',
  'alerts each',
  'incidents each',
  'cost',
  'lost before the first alert',
  'lost before a high incident',
  'lost at the bound',
];

/** What all rules and queries together reached in each world, and in all of them. */
export function packRows(pack: MeasuredPack[]): string[][] {
  const rows = pack.map(({ world, days, campaigns }) => [plain(world), String(days), ...packCells(campaigns)]);
  const days = pack.reduce((total, one) => total + one.days, 0);
  return [...rows, ['**all**', String(days), ...packCells(pack.flatMap(({ campaigns }) => campaigns))]];
}

/** The cells of `PACK_HEADS` after the world and the days. */
export function packCells(campaigns: PackCampaigns[]): string[] {
  const ofPace = (pace: Pace) => campaigns.filter((one) => one.pace === pace);
  const caught = (chosen: PackCampaigns[]) => `${sumOf(chosen, 'caught')} of ${presentIn(chosen)}`;
  const [cost, lost, lostBeforeHigh, atBound] = (['cost', 'lost', 'lostBeforeHigh', 'lostAtBound'] as const).map(
    (key) => sumOf(campaigns, key),
  );
  return [
    caught(ofPace('loud')),
    caught(ofPace('slow')),
    ...(['atHigh', 'beforeHalf', 'beforeNineTenths', 'byTwoSources'] as const).map((key) =>
      thousands(sumOf(campaigns, key)),
    ),
    spread(campaigns.flatMap(({ alerts }) => alerts)),
    spread(campaigns.flatMap(({ incidents }) => incidents)),
    money(cost!),
    `${money(lost!)} (${part(lost!, cost!)})`,
    `${money(lostBeforeHigh!)} (${part(lostBeforeHigh!, cost!)})`,
    `${money(atBound!)} (${part(atBound!, cost!)})`,
  ];
}

/** What is told in one line. */
export const SHORT_HEADS = [
  'caught',
  'as a high incident',
  'incidents each, median (90 %)',
  'money lost before the first alert',
  'before a high incident',
  'before anybody could know',
  'incidents per ordinary day, worst world',
];

/** The cells of `SHORT_HEADS`, over these worlds. */
export function shortCells(pack: MeasuredPack[]): string[] {
  const campaigns = pack.flatMap((one) => one.campaigns);
  const present = presentIn(campaigns);
  const share = (count: number) => `${thousands(count)} of ${thousands(present)} (${part(count, present)})`;
  const gone = (key: 'lost' | 'lostBeforeHigh' | 'lostAtBound') =>
    part(sumOf(campaigns, key), sumOf(campaigns, 'cost'));
  return [
    share(sumOf(campaigns, 'caught')),
    share(sumOf(campaigns, 'atHigh')),
    spread(campaigns.flatMap(({ incidents }) => incidents)),
    gone('lost'),
    gone('lostBeforeHigh'),
    gone('lostAtBound'),
    rate(Math.max(...pack.map(({ incidents, days }) => incidents.incidents / days))),
  ];
}

/** Median and 90th percentile. */
export function spread(counts: number[]): string {
  const [median, most] = [0.5, 0.9].map((at) => quantile(counts, at));
  return median === null || most === null ? '–' : `${Math.round(median!)} (${Math.round(most!)})`;
}

/** How many campaigns there were, whoever saw them. */
export function presentIn(campaigns: MeasuredCampaigns[]): number {
  return sumOf(campaigns, 'caught') + sumOf(campaigns, 'missed') + sumOf(campaigns, 'blind');
}

/** One row a level; where detectors of it were watched for different times, the rates and their bounds add up. */
export function levelRows({ world, episodes }: MeasuredPack): string[][] {
  const levels = [...LEVELS].reverse().filter((level) => episodes.some((one) => one.level === level));
  const row = (name: string, counts: MeasuredPack['episodes']): string[] => [
    plain(world),
    plain(name),
    String(counts.reduce((all, one) => all + one.episodes, 0)),
    [...new Set(counts.map(({ days }) => days))].join(', '),
    rate(counts.reduce((all, one) => all + one.episodes / one.days, 0)),
    rate(counts.reduce((all, one) => all + upper95(one.episodes) / one.days, 0)),
  ];
  return [
    ...levels.map((level) =>
      row(
        level,
        episodes.filter((one) => one.level === level),
      ),
    ),
    row('all', merged(episodes)),
  ];
}

/** Counts over equally many days are one count, whatever their level. */
function merged(counts: MeasuredPack['episodes']): MeasuredPack['episodes'] {
  const byDays = new Map<number, number>();
  for (const { days, episodes } of counts) byDays.set(days, (byDays.get(days) ?? 0) + episodes);
  return [...byDays].map(([days, episodes]) => ({ level: 'all', days, episodes }));
}

/** Scenarios with how often they were caught in each world. */
export function scenarioRows(pack: MeasuredPack[]): string[][] {
  const all = pack.flatMap(({ campaigns }) => campaigns);
  const kinds = [...new Set(all.map(({ scenario, pace }) => `${scenario} ${pace}`))].sort();
  return kinds.map((kind) => {
    const [scenario, pace] = kind.split(' ') as [string, string];
    const cells = pack.map(({ campaigns }) => {
      const one = campaigns.find((campaign) => campaign.scenario === scenario && campaign.pace === pace);
      if (!one) return '';
      return `${one.caught}/${one.caught + one.missed + one.blind}${one.blind > 0 ? ' ‡' : ''}`;
    });
    return [plain(scenario), plain(pace), ...cells];
  });
}
