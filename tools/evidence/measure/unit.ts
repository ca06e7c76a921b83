import { createHash } from 'node:crypto';
import { Failure } from '../../foundation/content/failure';
import { loadBaselines, OWN_BASELINES } from '../baseline/load';
import { reachOf } from '../../detection/hunt/runs';
import type { HuntQuery } from '../../detection/hunt/types';
import type { Engine, Progress } from '../../detection/engine/execution';
import type { Rule } from '@tollgate/sigma/rules/model';
import { DAY } from '../../simulate/curve';
import { buildDataset } from '../../simulate/dataset';
import type { Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import type { Contract } from '../../telemetry/contract';
import type { MoreDetectors } from '../replay/detector';
import { readBy } from '../replay/read-contracts';
import { closure } from '../replay/rule-detector';
import { runUnit, type UnitResult } from '../replay/unit';
import type { UnitSpec } from './plan';

/** What is measured. */
export interface MeasuredContent {
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
  worlds: World[];
  scenarios: Scenario[];
}

/** What is recorded before the measured days, so that a query's first run can look back as far as any other. */
export function historyFor(queries: HuntQuery[]): { days: number; sources: string[] } {
  const looking = queries.filter((query) => query.baselineMs > 0);
  const reach = Math.max(0, ...looking.map((query) => reachOf(query).before));
  return { days: Math.ceil(reach / DAY), sources: [...new Set(looking.map((query) => query.source))] };
}

/** The rules and queries that a unit runs, base rules included. */
export function chosenFor(
  { rules, queries }: Pick<MeasuredContent, 'rules' | 'queries'>,
  { detectors }: Pick<UnitSpec, 'detectors'>,
): Pick<MeasuredContent, 'rules' | 'queries'> {
  return {
    rules: detectors === 'long' ? [] : rules,
    queries: queries.filter(({ baselineMs }) => detectors === 'all' || (detectors === 'long') === baselineMs > 0),
  };
}

/**
 * Measures one unit: the content, and beside it the public baselines; or `only` the rules and queries with these ids, as they would be
 * beside all others. Sources that no detector reads are not simulated. Throws what `runUnit` throws, and a `Failure` (1) where two
 * engines differ.
 */
export async function measureUnit(
  content: MeasuredContent,
  unit: UnitSpec,
  engines: [Engine] | [Engine, Engine],
  progress: Progress,
  only?: readonly string[],
): Promise<UnitResult> {
  const { contracts, worlds, scenarios } = content;
  const { world: name, seed, days, detectors } = unit;
  const world = worlds.find((one) => one.name === name);
  if (!world) throw new Failure(2, `there is no world '${name}'`);
  const all = chosenFor(content, unit);
  const chosen = only ? selected(all, only) : all;
  const more: MoreDetectors = (dataset, book) =>
    loadBaselines(OWN_BASELINES).flatMap((baseline) => baseline.book(contracts, dataset, book));
  const dataset = buildDataset({
    world,
    scenarios,
    contracts: readBy(chosen, contracts),
    seed,
    days,
    history: historyFor(all.queries),
  });
  const options = { ...chosen, contracts, engines, progress, ...(!only && detectors !== 'long' && { more }) };
  const result = await runUnit(options, dataset);
  if (result.differences.length > 0)
    throw new Failure(1, `the engines differ in ${name} with seed ${seed}: ${result.differences.join('; ')}`);
  return result;
}

/** Those with these ids, and the rules that they refer to. */
function selected(
  { rules, queries }: Pick<MeasuredContent, 'rules' | 'queries'>,
  ids: readonly string[],
): Pick<MeasuredContent, 'rules' | 'queries'> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const families = rules.filter(({ id }) => ids.includes(id)).flatMap((rule) => closure(rule, byId));
  return { rules: [...new Set(families)], queries: queries.filter(({ id }) => ids.includes(id)) };
}

/** Identifies what a unit found, whichever engine found it and in which order: hexadecimal. What can't see the world is no part of it. */
export function resultDigest({ detectors, campaigns, events }: UnitResult): string {
  const seeing = detectors
    .filter(({ judgement }) => judgement.days > 0)
    .sort((a, b) => (a.detector.id < b.detector.id ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([seeing.map(({ detector, judgement }) => [detector.id, counted(judgement)]), campaigns, events]),
    )
    .digest('hex');
}

/** Without the number of benign records, which only says whether there were any, and grows with the history that other queries ask for. */
function counted({ benignEvents, ...judgement }: UnitResult['detectors'][number]['judgement']): unknown {
  return { ...judgement, hasBenign: benignEvents > 0 };
}
