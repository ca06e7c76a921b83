import { Failure } from '../content/failure';
import type { Answer, Order, Settings } from '../measure/processes';
import { measureUnit } from '../measure/unit';
import { openEngines } from '../replay/engines';
import type { Engine, Progress } from '../sigma/execution';
import { runnableContent } from './content';
import { exitOnInterrupt } from './process';

// What a process of `tollgate measure` runs: it measures the units that it is told, one after the other.
exitOnInterrupt();
const settings = JSON.parse(process.argv[2]!) as Settings;
const { content } = runnableContent([], { datasets: settings.datasets });
const opened = new Map<string, Promise<[Engine] | [Engine, Engine]>>();

const answer = (what: Answer): void => void process.send!(what);
const progress: Progress = {
  update: (_stage, events, _total, share) => {
    if (share !== undefined) answer({ kind: 'progress', events, share });
  },
};

process.on('disconnect', () => process.exit());
process.on('message', ({ unit }: Order) => {
  let engines = opened.get(unit.engine);
  if (!engines)
    opened.set(unit.engine, (engines = openEngines(unit.engine, content.contracts, { ...settings, progress })));
  engines
    .then((ready) => measureUnit(content, unit, ready, progress))
    .then((result) => answer({ kind: 'result', result }))
    .catch((error: unknown) => {
      const failure =
        error instanceof Failure ? error : new Failure(3, error instanceof Error ? error.stack! : String(error));
      const { exitCode, message, hint } = failure;
      answer({ kind: 'failure', exitCode, message, ...(hint && { hint }) });
    });
});
