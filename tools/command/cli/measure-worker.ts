import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../foundation/content/failure';
import type { Answer, Order, Settings } from '../../evidence/measure/threads';
import { measureUnit } from '../../evidence/measure/unit';
import { openEngines } from '../../evidence/replay/engines';
import type { Engine, Progress } from '../../detection/engine/execution';
import { runnableContent } from './content';

// What a thread of `tollgate measure` runs: it measures the units that it is told, one after the other.
const settings = workerData as Settings;
const { content: own, independent } = runnableContent([], { datasets: settings.datasets });
const content = { own, independent: { ...own, ...independent } };
const opened = new Map<string, Promise<[Engine] | [Engine, Engine]>>();

const answer = (what: Answer): void => parentPort!.postMessage(what);
const progress: Progress = {
  update: (_stage, events, _total, share) => {
    if (share !== undefined) answer({ kind: 'progress', events, share });
  },
};

parentPort!.on('message', ({ unit, only }: Order) => {
  let engines = opened.get(unit.engine);
  if (!engines) opened.set(unit.engine, (engines = openEngines(unit.engine, own.contracts, { ...settings, progress })));
  engines
    .then((ready) => measureUnit(content[unit.scenarios ?? 'own'], unit, ready, progress, only))
    .then((result) => answer({ kind: 'result', result }))
    .catch((error: unknown) => {
      const failure =
        error instanceof Failure ? error : new Failure(3, error instanceof Error ? error.stack! : String(error));
      const { exitCode, message, hint } = failure;
      answer({ kind: 'failure', exitCode, message, ...(hint && { hint }) });
    });
});
