import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { evaluateHunt } from '../../../tools/detection/hunt/evaluate';
import { runsIn } from '../../../tools/detection/hunt/runs';
import { NotExportable, type ExportContent } from '../../../tools/export/target';
import { planOf } from '../../../tools/export/plan/detector';
import type { ExportDetector, DetectorPlan } from '../../../tools/export/plan/types';
import { curveName } from '../../../tools/export/plan/curves';
import { detection } from '../fixture';
import { alertLines, episodeLines, huntLines, rowLines } from './compare';
import { Dice } from './dice';
import { alertsOf, held, huntInputs, type Held } from './memory';
import { randomEvents, SOURCES, START } from './random-events';
import { randomHunt } from './random-hunt';
import { randomExpr, randomRules } from './random-rules';
import type { Warehouse } from './warehouse';

/** What one problem came to: how many rows were compared, how many detectors were refused, and where the two answers differ. */
export interface Outcome {
  rows: number;
  refused: number;
  difference: string | null;
}

/** The curves that random hunts ask for. */
export const CURVE_PLANS: DetectorPlan[] = curvePlans();

/** Solves a random problem in an engine and in memory: a detection, a correlation and a hunt over the same events. */
export async function solve(warehouse: Warehouse, seed: number): Promise<Outcome> {
  const dice = new Dice(seed);
  const delivered = randomEvents(dice);
  await warehouse.empty();
  await warehouse.load(delivered);
  const at = dice.chance(0.5) ? START + 86_400_000 * 30 : START + dice.whole(0, 3_600_000);
  const events = held(delivered, SOURCES);
  const seen = events.filter(({ ingested }) => ingested <= at);
  const outcome: Outcome = { rows: 0, refused: 0, difference: null };
  const compare = async (
    detector: ExportDetector,
    rules: ExportContent['rules'],
    find: (plan: DetectorPlan) => Promise<[string[], string[]]>,
  ) => {
    try {
      const [got, wanted] = await find(
        planOf(detector, { rules, queries: [], incidents: [], contracts: SOURCES, acts: new Map() }),
      );
      outcome.rows += wanted.length;
      if (got.join('\n') !== wanted.join('\n'))
        outcome.difference ??= `seed ${seed}\n${JSON.stringify(detector)}\n${warehouse.dialect.name}:\n${got.join('\n')}\nmemory:\n${wanted.join('\n')}`;
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      outcome.refused++;
    }
  };
  const single = detection('single', randomExpr(dice));
  await compare(single, [single], async (plan) => {
    const found = await warehouse.find(plan, { at });
    const holds = compilePredicate(single.plan);
    const matches = seen.filter(({ source, event }) => source === 'shop.log' && holds(event));
    return [
      found.map((row) => String(row['started_ms'])),
      matches
        .map(({ time }) => time)
        .sort((a, b) => a - b)
        .map(String),
    ];
  });
  const { rules, outer } = randomRules(dice);
  await compare(outer, rules, async (plan) => [
    episodeLines(await warehouse.find(plan, { at }), outer.groupBy.length > 0),
    alertLines(alertsOf(rules, seen, SOURCES).get(outer.id)!),
  ]);
  await compareHunt(warehouse, dice, events, compare);
  return outcome;
}

async function compareHunt(
  warehouse: Warehouse,
  dice: Dice,
  events: readonly Held[],
  compare: (
    detector: ExportDetector,
    rules: [],
    find: (plan: DetectorPlan) => Promise<[string[], string[]]>,
  ) => Promise<void>,
): Promise<void> {
  const query = randomHunt(dice);
  const at = START + dice.whole(0, 7_200_000);
  await compare(query, [], async (plan) => {
    const columns = [...Object.keys(query.measures), ...Object.keys(query.derive)];
    const inputs = huntInputs(query, events);
    if (!query.schedule) {
      const from = START + dice.whole(-60_000, 3_600_000);
      const to = from + query.window.defaultMs;
      return [
        rowLines(await warehouse.find(plan, { at, from, to }), columns),
        huntLines(evaluateHunt(query, inputs, { at, from, to }).rows, columns),
      ];
    }
    // The last run that is due.
    const run = runsIn(query, { start: at - query.schedule.everyMs - query.schedule.delayMs, end: at }).at(-1)!;
    return [
      rowLines(await warehouse.find(plan, { at }), columns),
      huntLines(evaluateHunt(query, inputs, run).rows, columns),
    ];
  });
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
