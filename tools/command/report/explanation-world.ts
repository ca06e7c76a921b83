import { jsonOf } from '@tollgate/sigma/values/json';
import { colour as pc } from '../../foundation/content/colour';
import { harmless } from '../../foundation/content/harmless';
import { columnsOf } from '../../foundation/content/terminal';
import type { CampaignExplanation, WorldExplanation, WorldPart } from '../../evidence/explain/world';
import { mark } from './explanation-tree';
import { table } from './table';
import { fold } from './width';
import { duration, money, thousands } from './words';

/** How `tollgate explain --world` can print what it found. */
export const WORLD_EXPLANATION_FORMATS = {
  pretty: prettyWorld,
  json: (explanation: WorldExplanation): string => `${jsonOf(explanation, 2)}\n`,
};

/** For people: the detections and selections with what they matched, and each campaign, those that were missed first; those that no source shows in a line. */
function prettyWorld(explanation: WorldExplanation): string {
  const columns = columnsOf(process.stdout, Infinity);
  const { title, file, line, world, days, seed, runnable, parts, benign, campaigns } = explanation;
  const length = `${days} ${days === 1 ? 'day' : 'days'}`;
  const lines = [
    `${pc.bold(harmless(title))} ${pc.dim(`${harmless(file)}:${line}`)}`,
    `in ${world}, ${length}, seed ${seed}`,
    ...(runnable ? [] : [pc.yellow('the world does not run all of its sources')]),
  ].flatMap((text) => fold('', text, columns));
  lines.push('', ...parts.flatMap((part) => partLines(part, columns)));
  const near = benign.nearness === null ? '' : `, which came to ${percent(benign.nearness)} of the threshold`;
  const where = benign.nearest === null ? '' : ` in ${harmless(benign.nearest)}`;
  lines.push('', ...fold('', `Benign: ${benign.episodes} episodes of ordinary traffic${near}${where}`, columns), '');
  lines.push(...(campaigns.length > 0 ? campaignLines(explanation, columns) : ['no campaign occurs in it']));
  return `${lines.join('\n')}\n`;
}

function partLines({ title, source, matched, of, selections }: WorldPart, columns: number): string[] {
  const counts = `matched ${thousands(matched)} of ${thousands(of)} events of ${source}`;
  const named = selections.map(
    ({ name, line, holds }) =>
      `  ${mark(holds > 0)} ${harmless(name)} (line ${line}) ${holds > 0 ? `holds on ${thousands(holds)}` : 'holds on none'}`,
  );
  return [`${mark(matched > 0)} ${pc.bold(harmless(title))} ${counts}`, ...named].flatMap((text) =>
    fold('', text, columns, 4),
  );
}

function campaignLines({ campaigns, parts, threshold }: WorldExplanation, columns: number): string[] {
  const head = ['campaign', 'outcome', 'reached', 'short by', 'first alert', 'messages lost', 'lost', 'matched'];
  const blind = campaigns.filter(({ outcome }) => outcome === 'blind').map(({ scenario }) => harmless(scenario));
  const seen = campaigns
    .filter(({ outcome }) => outcome !== 'blind')
    .sort(
      (a, b) =>
        Number(a.outcome === 'caught') - Number(b.outcome === 'caught') || (b.nearness ?? 0) - (a.nearness ?? 0),
    );
  const rows = seen.map((one) => [harmless(one.scenario), one.outcome, ...figures(one, threshold)]);
  const right = head.map((_, i) => i >= 2);
  return [
    ...(rows.length > 0 ? table([head, ...rows], { columns, keys: 2, right, paintHead: pc.bold }) : []),
    ...(blind.length > 0 ? ['', ...fold('blind: ', [...new Set(blind)].join(', '), columns)] : []),
    ...(parts.length > 1 && rows.length > 0
      ? ['', ...fold('', `matched: by ${parts.map(({ title }) => `'${harmless(title)}'`).join(' + ')}`, columns)]
      : []),
  ];
}

/** A correlation's value against its threshold; of a query, whose condition is a formula, what part of it. */
function figures(
  { outcome, nearness, seconds, messages, usd, matches }: CampaignExplanation,
  threshold: number | null,
): string[] {
  const figure = (share: number) =>
    threshold === null ? percent(share) : String(Number((share * threshold).toPrecision(6)));
  const reached = nearness === null ? '–' : `${figure(nearness)}${threshold === null ? '' : ` of ${threshold}`}`;
  const isShort = outcome === 'missed' && nearness !== null && nearness < 1;
  return [
    reached,
    isShort ? figure(1 - nearness) : '–',
    duration(seconds),
    thousands(messages),
    money(usd),
    matches.map(thousands).join(' + '),
  ];
}

/** Rounded down, so that 100 % is at the threshold. */
function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
