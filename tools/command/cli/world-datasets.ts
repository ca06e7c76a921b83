import { historyFor, type MeasuredContent } from '../../evidence/measure/unit';
import { buildDataset } from '../../simulate/dataset';
import type { Scenario } from '../../simulate/scenario';
import type { Dataset } from '../../simulate/types';
import type { World } from '../../simulate/world';
import { choose } from './choose';
import { withHosts } from './occurrences';

/** Of which days a world's records are, and what happens on them. */
export interface WorldRun {
  seed: number;
  /** Measured days. */
  days: number;
  /** Names of scenarios; all where they are left out. */
  scenario?: string[] | undefined;
}

/** The scenarios that were asked for and those in which they hide. */
export function scenariosOf({ scenarios }: Pick<MeasuredContent, 'scenarios'>, { scenario }: WorldRun): Scenario[] {
  return withHosts(choose('scenario', scenarios, scenario), scenarios);
}

/** What a world records for the rules and queries of the content. */
export function datasetOf(content: MeasuredContent, world: World, options: WorldRun): Dataset {
  const { contracts, queries } = content;
  const { seed, days } = options;
  return buildDataset({
    world,
    scenarios: scenariosOf(content, options),
    contracts,
    seed,
    days,
    history: historyFor(queries),
  });
}
