import { plain } from '../../foundation/content/markdown';
import type {
  MeasuredDetector,
  MeasuredPack,
  MeasuredSet,
  PackCampaigns,
  Results,
} from '../../evidence/measure/results';
import { isHigh } from '../../evidence/replay/totals';
import { markdownTable } from './markdown-table';
import { presentIn } from './measured-content';
import { part, sumOf } from './measured-figures';
import { thousands } from './words';

/** What was caught of each set of scenarios, in a sentence each: neither figure stands without the other. */
export function caughtSentences({ pack, independent }: Results): string[] {
  if (!independent) return [`Of the campaigns that were written beside the rules, ${caughtOf(pack)}.`];
  return [
    `Of the campaigns that were written apart from the rules, ${caughtOf(independent.pack)}.`,
    `Of those that were written beside the rules, which flatter them, ${caughtOf(pack)}.`,
  ];
}

function caughtOf(pack: MeasuredPack[]): string {
  const all = pack.flatMap(({ campaigns }) => campaigns);
  const [present, caught, high] = [presentIn(all), sumOf(all, 'caught'), sumOf(all, 'atHigh')];
  const share = (count: number) => `${thousands(count)} of ${thousands(present)} (${part(count, present)})`;
  return (
    `${share(caught)} are caught, ${share(high)} at level high; ` +
    `${part(sumOf(all, 'lost'), sumOf(all, 'cost'))} of the money is lost before the first alert, ` +
    `${part(sumOf(all, 'lostBeforeHigh'), sumOf(all, 'cost'))} before the first at level high`
  );
}

/** The campaigns that were written apart from the rules, a row each. */
export function independentCampaigns({ pack }: MeasuredSet): string[] {
  const all = pack.flatMap(({ campaigns }) => campaigns);
  const names = [...new Set(all.map(({ scenario }) => scenario))].sort();
  const rows = names.map((name) => {
    const campaigns = all.filter(({ scenario }) => scenario === name);
    const missed = campaigns.filter((one) => one.missed + one.blind > 0).map(({ world }) => plain(world));
    return [plain(name), ...campaignCells(campaigns), [...new Set(missed)].join(', ') || '–'];
  });
  const heads = [
    'campaign',
    'caught',
    'at level high',
    'before half was gone',
    'lost before the first alert',
    'missed in',
  ];
  return markdownTable(heads, rows, 1);
}

function campaignCells(campaigns: PackCampaigns[]): string[] {
  return [
    `${sumOf(campaigns, 'caught')} of ${presentIn(campaigns)}`,
    String(sumOf(campaigns, 'atHigh')),
    String(sumOf(campaigns, 'beforeHalf')),
    part(sumOf(campaigns, 'lost'), sumOf(campaigns, 'cost')),
  ];
}

/** The honest days that were written apart from the rules: what they cost an analyst. */
export function independentDays({ detectors }: MeasuredSet): string[] {
  const all = detectors.flatMap(({ level, specials }) => specials.map((one) => ({ ...one, level })));
  const names = [...new Set(all.map(({ scenario }) => scenario))].sort();
  const rows = names.map((name) => {
    const here = all.filter(({ scenario }) => scenario === name);
    const worlds = [...new Set(here.map(({ world }) => world))].map((world) => {
      return { world, each: perOccurrence(here.filter((one) => one.world === world)) };
    });
    const [worst] = worlds.sort((a, b) => b.each - a.each);
    const mean = (ofWhat: typeof here) =>
      worlds.reduce((total, { world }) => total + perOccurrence(ofWhat.filter((one) => one.world === world)), 0) /
      worlds.length;
    const high = here.filter(({ level }) => isHigh(level));
    return [
      plain(name),
      mean(here).toFixed(1),
      mean(high).toFixed(1),
      worst ? `${plain(worst.world)} (${worst.each.toFixed(1)})` : '–',
    ];
  });
  const heads = ['honest day', 'episodes an occurrence', 'of them at level high', 'most in'];
  return markdownTable(heads, rows, 1);
}

/** Episodes of all detectors an occurrence, in one world. */
function perOccurrence(specials: MeasuredDetector['specials']): number {
  return specials.reduce((total, { episodes, occurrences }) => total + episodes / occurrences, 0);
}
