import { reachOf } from '../../detection/hunt/runs';
import { MemoryEngine } from '../../detection/engine/memory-engine';
import type { DetectorFacts } from '../replay/detector';
import { readBy } from '../replay/read-contracts';
import { runUnit, type UnitResult } from '../replay/unit';
import type { Progress } from '../../detection/engine/execution';
import { DAY } from '../../simulate/curve';
import { buildDataset } from '../../simulate/dataset';
import type { World } from '../../simulate/world';
import type { AuditOptions } from './part';
import { partOf, smaller } from './smaller';
import { worldSteps } from './world-steps';

/** One more seed than thresholds are tuned on or reported with; the audit asks about the data. */
const SEED = 31;
/** Larger worlds are made smaller to this; a day of the largest would take as long as all the rest. */
const SENDS_PER_DAY = 20_000;
const MOST_DAYS = 4;

/** How many days a world is tried. */
function daysOf(world: World): number {
  return Math.min(MOST_DAYS, Math.max(1, Math.floor(SENDS_PER_DAY / world.sends_per_day)));
}

/** What the trials are, for the page: `regional-shop 4 days, global-consumer 1 day with 4 % of its users and sends`. */
export function extentText(worlds: World[]): string {
  const one = (world: World): string => {
    const [days, part] = [daysOf(world), partOf(world, SENDS_PER_DAY)];
    return `${world.name} ${days} ${days === 1 ? 'day' : 'days'}${part < 1 ? ` with ${Math.round(100 * part)} % of its users and sends` : ''}`;
  };
  return `Run: ${worlds.map(one).join(', ')}; seed ${SEED}. Queries that look back for days run only in worlds that have ${MOST_DAYS} days.`;
}

/** Runs the content in memory on one short run of each world as it is. */
export async function trials(options: AuditOptions): Promise<UnitResult[]> {
  const known = options.tried ?? new Map<World, Promise<UnitResult>>();
  const units: UnitResult[] = [];
  const steps = worldSteps(options.worlds, options.progress);
  for (const world of options.worlds) {
    const progress = steps.next();
    if (!known.has(world)) known.set(world, trial(world, 1, { ...options, progress }));
    units.push(await known.get(world)!);
  }
  return units;
}

/** The same on one world, whose ordinary traffic is `volume` times the usual. */
export function trial(world: World, volume: number, options: AuditOptions): Promise<UnitResult> {
  const { rules, contracts, progress } = options;
  const days = daysOf(world);
  const looksBack = options.queries.filter(({ baselineMs }) => baselineMs > 0);
  const hasHistory = days === MOST_DAYS;
  const queries = hasHistory ? options.queries : options.queries.filter((query) => !looksBack.includes(query));
  const reach = Math.max(0, ...looksBack.map((query) => reachOf(query).before));
  const history = hasHistory
    ? { days: Math.ceil(reach / DAY), sources: looksBack.map(({ source }) => source) }
    : { days: 0, sources: [] };
  const set = buildDataset({
    world: smaller(world, SENDS_PER_DAY),
    scenarios: options.scenarios,
    contracts: readBy(options, contracts),
    seed: SEED,
    days,
    history,
    scale: volume,
  });
  // The worlds differ in their events for the work that they are, so that nothing is told by their number.
  const share: Progress = { update: (stage, _done, _total, part) => progress.update(stage, 0, undefined, part) };
  return runUnit({ rules, queries, contracts, engines: [new MemoryEngine()], progress: share }, set);
}

/** Each rule and query once, in the order of the first unit that has it. */
export function detectorsOf(units: UnitResult[]): DetectorFacts[] {
  const found = new Map(units.flatMap(({ detectors }) => detectors.map(({ detector }) => [detector.id, detector])));
  return [...found.values()];
}
