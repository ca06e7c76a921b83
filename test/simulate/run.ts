import { join } from 'node:path';
import { buildDataset, type DatasetOptions } from '../../tools/simulate/dataset';
import { loadDatasets } from '../../tools/simulate/load';
import type { Dataset, SimulatedEvent } from '../../tools/simulate/types';
import { loadContracts } from '../../tools/telemetry/load';

const ROOT = join(__dirname, '..', '..');

export const { contracts } = loadContracts(join(ROOT, 'schemas', 'telemetry'));
export const datasets = loadDatasets(join(ROOT, 'datasets'));

/** A run of one of the repository's worlds: two measured days, no history, all scenarios, unless told otherwise. */
export function runOf(world: string, options: Partial<DatasetOptions> = {}): Dataset {
  return buildDataset({
    world: datasets.worlds.find(({ name }) => name === world)!,
    scenarios: datasets.scenarios,
    contracts,
    seed: 5,
    days: 2,
    history: { days: 0, sources: [] },
    ...options,
  });
}

/** An event as text, without its place in the stream and the number of its occurrence, which may differ between runs. */
export function bytes({ source, time, ingested, event }: SimulatedEvent): string {
  return JSON.stringify([source, time, ingested, event]);
}
