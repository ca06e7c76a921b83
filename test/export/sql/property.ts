import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { runsIn } from '../../../tools/detection/hunt/runs';
import type { HuntQuery, HuntRun } from '../../../tools/detection/hunt/types';
import { NotExportable, type ExportContent } from '../../../tools/export/target';
import { planOf } from '../../../tools/export/plan/detector';
import type { ExportDetector, DetectorPlan } from '../../../tools/export/plan/types';
import { curveName } from '../../../tools/export/plan/curves';
import type { AskedRun } from '../../../tools/export/sql/tables';
import { detection } from '../fixture';
import { alertLines, episodeLines, huntLines, rowLines } from './compare';
import { Dice } from './dice';
import { alertsOf, held, huntInputs, type Held } from './memory';
import { randomEvents, SOURCES, START } from './random-events';
import { randomHunt } from './random-hunt';
import { randomExpr, randomRules } from './random-rules';
import type { Warehouse } from './warehouse';

/**
 * So many problems are solved at once: to plan a statement takes an engine longer than to run it on a hundred events. Each has events and a hunt of its
 * own; the detection and the correlation run over the events of all of them.
 */
export const TOGETHER = 10;

/** Events of two problems lie so far apart that no window, baseline or delay holds some of both. */
const APART = 2 * 86_400_000;

/** What some problems came to: how many rows were compared, how many detectors were refused, and where the answers differ. */
export interface Outcome {
  rows: number;
  refused: number;
  differences: string[];
}

/** The curves that random hunts ask for. */
export const CURVE_PLANS: DetectorPlan[] = curvePlans();

/** Solves `together` random problems in an engine and in memory. */
export async function solve(warehouse: Warehouse, seed: number, together = TOGETHER): Promise<Outcome> {
  const dice = new Dice(seed);
  const delivered = dice.times(together, (index) => randomEvents(dice, startOf(index))).flat();
  await warehouse.empty();
  await warehouse.load(delivered);
  const events = held(delivered, SOURCES);
  const outcome: Outcome = { rows: 0, refused: 0, differences: [] };
  const compare = async (
    detector: ExportDetector,
    rules: ExportContent['rules'],
    find: (plan: DetectorPlan) => Promise<[got: string[], wanted: string[]]>,
  ) => {
    try {
      const plan = planOf(detector, { rules, queries: [], incidents: [], contracts: SOURCES, acts: new Map() });
      const [got, wanted] = await find(plan);
      outcome.rows += wanted.length;
      if (got.join('\n') !== wanted.join('\n'))
        outcome.differences.push(
          `seed ${seed}\n${JSON.stringify(detector)}\n${warehouse.dialect.name}:\n${got.join('\n')}\nmemory:\n${wanted.join('\n')}`,
        );
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      outcome.refused++;
    }
  };

  const { run, seen } = randomRun(dice, events, together);
  const single = detection('single', randomExpr(dice));
  await compare(single, [single], async (plan) => {
    const found = await warehouse.find(plan, run);
    const holds = compilePredicate(single.plan);
    const matches = seen.filter(({ source, event }) => source === 'shop.log' && holds(event));
    const times = matches.map(({ time }) => time).sort((a, b) => a - b);
    return [found.map((row) => String(row['started_ms'])), times.map(String)];
  });
  const { rules, outer } = randomRules(dice);
  await compare(outer, rules, async (plan) => [
    episodeLines(await warehouse.find(plan, run), outer.groupBy.length > 0),
    alertLines(alertsOf(rules, seen, SOURCES).get(outer.id)!),
  ]);
  for (let index = 0; index < together; index++) {
    const query = randomHunt(dice);
    const { asked, due } = huntRun(dice, query, startOf(index));
    const columns = [...Object.keys(query.measures), ...Object.keys(query.derive)];
    await compare(query, [], async (plan) => [
      rowLines(await warehouse.find(plan, asked), columns),
      huntLines(evaluateHunt(query, huntInputs(query, events), due).rows, columns),
    ]);
  }
  return outcome;
}

function startOf(index: number): number {
  return START + index * APART;
}

/** A run that looks at the events of some of the problems, in half of the cases while those of the last are still delivered; and what it sees. */
function randomRun(
  dice: Dice,
  events: readonly Held[],
  together: number,
): { run: { since: number; at: number }; seen: Held[] } {
  const first = dice.chance(0.5) ? 0 : dice.whole(0, Math.floor(together / 2));
  const since = first === 0 ? 0 : startOf(first) - APART / 4;
  const at = startOf(together - 1) + (dice.chance(0.5) ? APART : dice.whole(0, 3_600_000));
  return { run: { since, at }, seen: events.filter(({ time, ingested }) => time >= since && ingested <= at) };
}

/** A run of a hunt within two hours of the start of a problem's events: what is asked of the database, and which run that is. */
function huntRun(dice: Dice, query: HuntQuery, start: number): { asked: Partial<AskedRun>; due: HuntRun } {
  const at = start + dice.whole(0, 7_200_000);
  if (query.schedule) {
    const { everyMs, delayMs } = query.schedule;
    return { asked: { at }, due: runsIn(query, { start: at - everyMs - delayMs, end: at }).at(-1)! };
  }
  const from = start + dice.whole(-60_000, 3_600_000);
  const due = { at, from, to: from + query.window.defaultMs };
  return { asked: due, due };
}

function curvePlans(): DetectorPlan[] {
  const plans = new Map<string, DetectorPlan>();
  for (let seed = 0; seed < 200; seed++) {
    const query = randomHunt(new Dice(seed));
    const plan = planOf(query, { rules: [], queries: [], incidents: [], contracts: SOURCES, acts: new Map() });
    if (plan.kind !== 'hunt') continue;
    for (const step of plan.hunt.derived) if (step.op === 'look-up') plans.set(curveName(step.curve), plan);
  }
  return [...plans.values()];
}
