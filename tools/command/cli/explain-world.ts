import { Failure } from '../../foundation/content/failure';
import { explainIn, type WorldExplanation } from '../../evidence/explain/world';
import { historyFor } from '../../evidence/measure/unit';
import { buildDataset } from '../../simulate/dataset';
import { loadDatasets } from '../../simulate/load';
import { choose } from './choose';
import type { FoundSubject } from './explained';
import { MAX_REPLAYED_SENDS } from './limits';
import { expectOccurrences } from './occurrences';
import { TerminalProgress } from './progress';

interface Options {
  world: string;
  scenario?: string[];
  seed: number;
  days: number;
}

/** Runs a rule or query in one world. Throws a `Failure`: (1) where the worlds have errors, (2) for a world or scenario that there is not. */
export function explainWorld({ subject, loaded, layout }: FoundSubject, options: Options): WorldExplanation {
  const { worlds, scenarios, diagnostics } = loadDatasets(layout.datasets, layout);
  const [wrong] = diagnostics;
  if (wrong)
    throw new Failure(
      1,
      `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`,
      'tollgate validate shows everything that is wrong',
    );
  const [world] = choose('world', worlds, [options.world]);
  if (world!.sends_per_day * options.days > MAX_REPLAYED_SENDS)
    throw new Failure(
      2,
      `${world!.name} would send more than ${MAX_REPLAYED_SENDS} messages`,
      'give fewer --days, or another world',
    );
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
