import { code, plain } from '../../foundation/content/markdown';
import type { MeasuredDetector, Pace, UntilAlert } from '../../evidence/measure/results';
import { interval95, upper95 } from '../../foundation/statistics/poisson';
import { markdownTable } from './markdown-table';
import { part, rate, sumOf } from './measured-figures';
import { duration, money } from './words';

/** A detector in the table of all; `apart`: the same on the independent scenarios. */
export function overviewRow(detector: MeasuredDetector, apart: MeasuredDetector | undefined): string[] {
  const { title, level, worlds, campaigns, added } = detector;
  const bounds = worlds.map(({ world, episodes, days }) => ({ world, most: upper95(episodes) / days }));
  const worst = bounds.sort((a, b) => b.most - a.most)[0];
  const caught = (pace: Pace) => caughtOf(campaigns.filter((one) => one.pace === pace));
  const blind = String(sumOf(campaigns, 'blind'));
  return [
    plain(title),
    plain(level),
    worst ? rate(worst.most) : '–',
    plain(worst?.world ?? '–'),
    caught('loud'),
    caught('slow'),
    apart ? caughtOf(apart.campaigns) : '–',
    blind,
    precisionOf(detector),
    String(added.alone),
    added.first > 0 ? `${added.first} (${duration(added.secondsEarlier)})` : '0',
  ];
}

/** Of the campaigns that its sources show. */
function caughtOf(campaigns: MeasuredDetector['campaigns']): string {
  return `${sumOf(campaigns, 'caught')} of ${sumOf(campaigns, 'caught') + sumOf(campaigns, 'missed')}`;
}

/** True episodes of all that were no consequence of an attack. */
function precisionOf({ worlds, specials, truePositives }: MeasuredDetector): string {
  const all = truePositives + sumOf(worlds, 'episodes') + sumOf(specials, 'episodes');
  return part(truePositives, all);
}

/** What is told of one detector alone. */
export function detectorSection(detector: MeasuredDetector, apart: MeasuredDetector | undefined): string[] {
  const { title, level, path, sources, worlds, specials, campaigns, until, truePositives, induced } = detector;
  return [
    `### ${plain(title)}`,
    '',
    `${code(path)}, ${plain(level)}, reads ${plain(sources.join(', '))}. Precision ${precisionOf(detector)}: ${truePositives} true episodes, ${sumOf(worlds, 'episodes')} of ordinary traffic, ` +
      `${sumOf(specials, 'episodes')} of special scenarios; ${induced} induced by attacks.`,
    '',
    ...markdownTable(
      ['world', 'episodes', 'days', 'a day [95 %]', 'per 100,000 sends [95 %]', 'at most', 'nearest'],
      worlds.map((world) => [
        plain(world.world),
        String(world.episodes),
        String(world.days),
        withInterval(world.episodes, world.days),
        world.sends > 0 ? withInterval(world.episodes, world.sends / 100_000) : '–',
        `${rate(upper95(world.episodes) / world.days)} a day${world.episodes === 0 ? ` (≤ 3 in ${world.days} d)` : ''}`,
        nearestText(world),
      ]),
      1,
    ),
    '',
    ...specialLines(specials),
    ...(apart && apart.campaigns.length > 0
      ? [`- independent campaigns: caught ${caughtOf(apart.campaigns)}, blind to ${sumOf(apart.campaigns, 'blind')}`]
      : []),
    ...(['loud', 'slow'] as const).flatMap((pace) => paceLines(pace, campaigns, until[pace])),
    '',
  ];
}

function nearestText({ nearness, nearest }: MeasuredDetector['worlds'][number]): string {
  return nearness === null ? '–' : `${Math.round(100 * nearness)} %${nearest === null ? '' : `, ${plain(nearest)}`}`;
}

/** Episodes per occurrence of each special scenario that raised any. */
function specialLines(specials: MeasuredDetector['specials']): string[] {
  const named = new Map<string, { occurrences: number; episodes: number; perYear: number }>();
  for (const { scenario, occurrences, episodes, perYear } of specials) {
    const known = named.get(scenario) ?? { occurrences: 0, episodes: 0, perYear };
    named.set(scenario, { perYear, occurrences: known.occurrences + occurrences, episodes: known.episodes + episodes });
  }
  const raised = [...named].filter(([, { episodes }]) => episodes > 0);
  const quiet = [...named].filter(([, { episodes }]) => episodes === 0).map(([name]) => name);
  return [
    ...raised.map(
      ([name, { occurrences, episodes, perYear }]) =>
        `- ${withInterval(episodes, occurrences)} per ${plain(name)} (${episodes} in ${occurrences}; ${perYear} a year)`,
    ),
    ...(quiet.length > 0 ? [`- quiet on ${plain(quiet.join(', '))}`] : []),
  ];
}

function paceLines(pace: Pace, campaigns: MeasuredDetector['campaigns'], until: UntilAlert | null): string[] {
  const chosen = campaigns.filter((one) => one.pace === pace);
  if (chosen.length === 0) return [];
  const [caught, missed, blind] = [sumOf(chosen, 'caught'), sumOf(chosen, 'missed'), sumOf(chosen, 'blind')];
  const found = chosen.filter((one) => one.caught > 0).map(({ scenario }) => scenario);
  const timing = until
    ? `, first alert ${since('after', until.seconds.median)} (95 % ${since('within', until.seconds.p95)}), ${until.messages} messages and ${money(until.usd)} lost by then`
    : '';
  const names = found.length > 0 ? `: ${plain([...new Set(found)].sort().join(', '))}` : '';
  return [`- ${pace}: ${caught} caught, ${missed} missed, ${blind} blind${timing}${names}`];
}

/** An alert's time from the first message on, after a word; an alert may come before that message. */
function since(word: 'after' | 'within', seconds: number): string {
  return seconds < 0 ? 'before the first message' : `${word} ${duration(seconds)}`;
}

function withInterval(count: number, exposure: number): string {
  const [low, high] = interval95(count);
  return `${rate(count / exposure)} [${rate(low / exposure)}–${rate(high / exposure)}]`;
}
