import type { Engine, Progress } from '../../detection/engine/execution';
import type { Contract } from '../../telemetry/contract';

export interface EngineSettings {
  url?: string | undefined;
  allowRemoteWrite?: boolean | undefined;
  progress: Progress;
  /** Whether a local node keeps datasets for the next run; not where left out. */
  keep?: boolean | undefined;
}

export type EngineChoice = 'elasticsearch' | 'memory' | 'both';

/**
 * Opens what `--engine` asks for. A node is looked for, and started where need be, only if it is to be used.
 * Throws a `Failure` (3) where there is none.
 */
export async function openEngines(
  choice: EngineChoice,
  contracts: Map<string, Contract>,
  options: EngineSettings,
): Promise<[Engine] | [Engine, Engine]> {
  switch (choice) {
    case 'memory':
      return [memory()];
    case 'elasticsearch':
      return [await elasticsearch(contracts, options)];
    case 'both':
      return [await elasticsearch(contracts, options), memory()];
  }
}

// Each engine is loaded only when it is used: the Elasticsearch client alone costs a fifth of a second.
function memory(): Engine {
  const { MemoryEngine } =
    require('../../detection/engine/memory-engine') as typeof import('../../detection/engine/memory-engine');
  return new MemoryEngine();
}

async function elasticsearch(contracts: Map<string, Contract>, settings: EngineSettings): Promise<Engine> {
  const { findNode } =
    require('../../detection/elasticsearch/node/find') as typeof import('../../detection/elasticsearch/node/find');
  const { ElasticsearchEngine } =
    require('../../detection/elasticsearch/engine') as typeof import('../../detection/elasticsearch/engine');
  const node = await findNode({ ...settings, env: process.env });
  const options = { allowRemoteWrite: settings.allowRemoteWrite ?? false };
  // A cluster that was given is somebody's own: nothing stays there.
  if (settings.keep !== true || node.way === 'url') return new ElasticsearchEngine(node, contracts, options);
  const { KeptDatasets } =
    require('../../detection/elasticsearch/kept/datasets') as typeof import('../../detection/elasticsearch/kept/datasets');
  const kept = KeptDatasets.ofLocalNode({ env: process.env, progress: settings.progress });
  return new ElasticsearchEngine(node, contracts, { ...options, kept });
}
