import { explainIn, type WorldExplanation } from '../../evidence/explain/world';
import { historyFor } from '../../evidence/measure/unit';
import { buildDataset } from '../../simulate/dataset';
import { choose } from './choose';
import type { FoundSubject } from './explained';
import { expectOccurrences } from './occurrences';
import { TerminalProgress } from './progress';
import { loadedWorlds, requireSize } from './worlds';

interface Options {
  world: string;
  scenario?: string[];
  seed: number;
  days: number;
}

/** Runs a rule or query in one world. Throws a `Failure`: (1) where the worlds have errors, (2) for a world or scenario that there is not. */
export function explainWorld({ subject, loaded, layout }: FoundSubject, options: Options): WorldExplanation {
  const { worlds, scenarios } = loadedWorlds(layout);
  const [world] = choose('world', worlds, [options.world]);
  requireSize([world!], options.days);
  const actors = choose('scenario', scenarios, options.scenario);
  const read = new Set(subject.parts.map(({ contract }) => contract.id));
  const { contracts } = loaded.content;
  const dataset = buildDataset({
    world: world!,
    scenarios: actors,
    contracts: new Map([...contracts].filter(([id]) => read.has(id))),
    seed: options.seed,
    days: options.days,
    history: historyFor(subject.kind === 'query' ? [subject.query] : []),
  });
  expectOccurrences(actors, options, [dataset]);
  const progress = new TerminalProgress();
  try {
    return explainIn(subject, dataset, contracts, progress);
  } finally {
    progress.clear();
  }
}
