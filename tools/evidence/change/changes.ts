import type { DetectorResult, ReplayReport } from '../replay/result';

/** A figure before and after. */
export interface BeforeAfter<Value = number> {
  base: Value;
  head: Value;
}

/** What two replays say of one rule or query; `null` stands for one that has no such rule. */
export interface DetectorChange {
  id: string;
  name: string;
  path: string;
  /** Campaigns that it caught, of those that it could see. */
  caught: BeforeAfter<{ caught: number; visible: number } | null>;
  /** US dollars that were gone at its first alert, the median of what it caught. */
  lost: BeforeAfter<number | null>;
  /** Episodes of ordinary traffic. */
  episodes: BeforeAfter<number | null>;
  level: BeforeAfter<string | null>;
  verdict: BeforeAfter<string | null>;
  /** `scenario in world`, each with how often where more than once: what it catches that it missed, and the other way round. */
  newlyCaught: string[];
  newlyMissed: string[];
  /** Benign scenarios that raise it now and did not, and the other way round. */
  newlyRaised: string[];
  noLongerRaised: string[];
}

export interface Changes {
  /** Why the two can't be compared as a whole: they are of other worlds, seeds, days or windows. */
  otherReplays: string[];
  totals: Record<'caught' | 'atHigh' | 'incidentsPerDay' | 'lost' | 'lostBeforeHigh' | 'cost', BeforeAfter>;
  /** Rules and queries that say anything else than before, by path. */
  detectors: DetectorChange[];
}

/**
 * What is different between two replays: the content of a branch (`head`) and what it would be merged into (`base`). Money below a cent
 * is no difference.
 */
export function changesOf(base: ReplayReport, head: ReplayReport): Changes {
  const detectors = paired(base, head)
    .map(([before, after]) => changeOf(before, after))
    .filter(isChange)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { otherReplays: otherReplays(base, head), totals: totalsOf(base, head), detectors };
}

/** Whether there is anything to tell. */
export function isEmpty({ otherReplays: other, totals, detectors }: Changes): boolean {
  return other.length === 0 && detectors.length === 0 && Object.values(totals).every((one) => !differs(one));
}

function differs({ base, head }: BeforeAfter<number | null>): boolean {
  if (base === null || head === null) return base !== head;
  return Math.abs(base - head) >= 0.005;
}

function otherReplays(base: ReplayReport, head: ReplayReport): string[] {
  const differences: string[] = [];
  for (const name of ['seed', 'days', 'window'] as const)
    if (base[name] !== head[name]) differences.push(`${name}: ${base[name]} and ${head[name]}`);
  const worlds: [string, string[]][] = [
    ['only the base has the world', base.worlds.filter((world) => !head.worlds.includes(world))],
    ['only the head has the world', head.worlds.filter((world) => !base.worlds.includes(world))],
  ];
  for (const [what, names] of worlds) for (const world of names) differences.push(`${what} ${world}`);
  return differences;
}

function totalsOf({ totals: base }: ReplayReport, { totals: head }: ReplayReport): Changes['totals'] {
  return {
    caught: { base: base.campaigns.caught, head: head.campaigns.caught },
    atHigh: { base: base.campaigns.atHigh, head: head.campaigns.atHigh },
    incidentsPerDay: { base: base.benignIncidentsPerDay, head: head.benignIncidentsPerDay },
    lost: { base: base.usdLost, head: head.usdLost },
    lostBeforeHigh: { base: base.usdLostBeforeHigh, head: head.usdLostBeforeHigh },
    cost: { base: base.usdLost + base.usdSaved, head: head.usdLost + head.usdSaved },
  };
}

type Pair = [DetectorResult | null, DetectorResult | null];

function paired(base: ReplayReport, head: ReplayReport): Pair[] {
  const before = new Map([...base.rules, ...base.queries].map((one) => [one.id, one]));
  const after = new Map([...head.rules, ...head.queries].map((one) => [one.id, one]));
  return [...new Set([...before.keys(), ...after.keys()])].map((id) => [before.get(id) ?? null, after.get(id) ?? null]);
}

function changeOf(base: DetectorResult | null, head: DetectorResult | null): DetectorChange {
  const { id, name, path } = (head ?? base)!;
  const figure = <Value>(of: (one: DetectorResult) => Value): BeforeAfter<Value | null> => ({
    base: base && of(base),
    head: head && of(head),
  });
  const [caughtBefore, caughtAfter] = [outcomesOf(base, 'caught'), outcomesOf(head, 'caught')];
  const [raisedBefore, raisedAfter] = [raisedBy(base), raisedBy(head)];
  return {
    id,
    name,
    path,
    caught: figure(({ campaigns: { present, caught, blind } }) => ({ caught, visible: present - blind })),
    lost: figure(({ lossBeforeAlert }) => lossBeforeAlert.usd),
    episodes: figure(({ benign }) => benign.episodes),
    level: figure(({ level }) => level),
    verdict: figure(({ verdict }) => verdict),
    newlyCaught: without(caughtAfter, caughtBefore),
    newlyMissed: without(caughtBefore, caughtAfter),
    newlyRaised: without(raisedAfter, raisedBefore),
    noLongerRaised: without(raisedBefore, raisedAfter),
  };
}

/** Occurrence → `scenario in world`. */
function outcomesOf(result: DetectorResult | null, wanted: string): Map<string, string> {
  const found = (result?.outcomes ?? []).filter(({ outcome }) => outcome === wanted);
  return new Map(
    found.map(({ world, scenario, occurrence }) => [
      JSON.stringify([world, scenario, occurrence]),
      `${scenario} in ${world}`,
    ]),
  );
}

function raisedBy(result: DetectorResult | null): Map<string, string> {
  const raised = (result?.specials ?? []).filter(({ episodes }) => episodes > 0);
  return new Map(raised.map(({ world, scenario }) => [JSON.stringify([world, scenario]), `${scenario} in ${world}`]));
}

/** The names of what only the first has, in order, each once. */
function without(these: Map<string, string>, those: Map<string, string>): string[] {
  const names = [...these].filter(([key]) => !those.has(key)).map(([, name]) => name);
  return [...new Set(names)].sort();
}

function isChange({ caught, lost, episodes, level, verdict, ...lists }: DetectorChange): boolean {
  const [before, after] = [caught.base, caught.head];
  if (before?.caught !== after?.caught || before?.visible !== after?.visible) return true;
  if (differs(lost) || differs(episodes) || level.base !== level.head || verdict.base !== verdict.head) return true;
  return [lists.newlyCaught, lists.newlyMissed, lists.newlyRaised, lists.noLongerRaised].some(
    ({ length }) => length > 0,
  );
}
