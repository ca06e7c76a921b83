import { plain } from '../../foundation/content/markdown';
import type { MeasuredPack, MeasuredSet, PackCampaigns, Results } from '../../evidence/measure/results';
import { markdownTable } from './markdown-table';
import { presentIn, spread } from './measured-content';
import { part, sumOf } from './measured-figures';
import { thousands } from './words';

/** What was caught of each set of scenarios, in a sentence each: neither figure stands without the other. */
export function caughtSentences({ pack, independent }: Results): string[] {
  if (!independent) return [`Of the campaigns written alongside the rules, ${caughtOf(pack)}.`];
  return [
    `Of the independent campaigns, ${caughtOf(independent.pack)}.`,
    `Of those written alongside the rules, which flatter them, ${caughtOf(pack)}.`,
  ];
}

function caughtOf(pack: MeasuredPack[]): string {
  const all = pack.flatMap(({ campaigns }) => campaigns);
  const [present, caught, high] = [presentIn(all), sumOf(all, 'caught'), sumOf(all, 'atHigh')];
  const share = (count: number) => `${thousands(count)} of ${thousands(present)} (${part(count, present)})`;
  return (
    `${share(caught)} are caught, ${share(high)} as a high incident; ` +
    `${part(sumOf(all, 'lost'), sumOf(all, 'cost'))} of the money is lost before the first alert, ` +
    `${part(sumOf(all, 'lostBeforeHigh'), sumOf(all, 'cost'))} before an incident becomes high`
  );
}

/** The independent campaigns, a row each. */
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
    'high incidents',
    'before half',
    'incidents each',
    'lost before the first alert',
    'lost before a high incident',
    'lost at the bound',
    'missed in',
  ];
  return markdownTable(heads, rows, 1);
}

function campaignCells(campaigns: PackCampaigns[]): string[] {
  return [
    `${sumOf(campaigns, 'caught')} of ${presentIn(campaigns)}`,
    String(sumOf(campaigns, 'atHigh')),
    String(sumOf(campaigns, 'beforeHalf')),
    spread(campaigns.flatMap(({ incidents }) => incidents)),
    part(sumOf(campaigns, 'lost'), sumOf(campaigns, 'cost')),
    part(sumOf(campaigns, 'lostBeforeHigh'), sumOf(campaigns, 'cost')),
    part(sumOf(campaigns, 'lostAtBound'), sumOf(campaigns, 'cost')),
  ];
}

/** The independent honest days, with the incidents that they make. */
export function independentDays({ pack }: MeasuredSet): string[] {
  const all = pack.flatMap(({ world, honest }) => honest.map((one) => ({ ...one, world })));
  const names = [...new Set(all.map(({ scenario }) => scenario))].sort();
  const rows = names.map((name) => {
    const here = all.filter(({ scenario }) => scenario === name);
    const each = here.map(({ world, incidents, occurrences }) => ({ world, each: incidents / occurrences }));
    const [worst] = each.sort((a, b) => b.each - a.each);
    const occurrences = sumOf(here, 'occurrences');
    return [
      plain(name),
      (sumOf(here, 'incidents') / occurrences).toFixed(1),
      (sumOf(here, 'high') / occurrences).toFixed(1),
      `${plain(worst!.world)} (${worst!.each.toFixed(1)})`,
      here
        .filter(({ high }) => high > 0)
        .map(({ world }) => plain(world))
        .join(', ') || '–',
    ];
  });
  const heads = ['honest day', 'incidents per occurrence', 'high ones', 'most in', 'high in'];
  return markdownTable(heads, rows, 1);
}
