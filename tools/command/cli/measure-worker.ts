import { workerData } from 'node:worker_threads';
import { answerJobs } from '../../foundation/threads/job-thread';
import type { MeasureJob } from '../../evidence/measure/run';
import { measureUnit } from '../../evidence/measure/unit';
import { openEngines } from '../../evidence/replay/engines';
import type { UnitResult } from '../../evidence/replay/unit';
import type { Engine } from '../../detection/engine/execution';
import { runnableContent } from './content';
import { SharesAlone } from './shares-alone';

/** What a thread that measures is started with. */
export interface MeasureSettings {
  datasets?: string | undefined;
  url?: string | undefined;
  allowRemoteWrite?: boolean | undefined;
}

// What a thread of `tollgate measure` runs: it measures the units that it is told, one after the other.
const settings = workerData as MeasureSettings;
const { content: own, independent } = runnableContent([], { datasets: settings.datasets });
const content = { own, independent: { ...own, ...independent } };
const opened = new Map<string, Promise<[Engine] | [Engine, Engine]>>();
const progress = new SharesAlone();

answerJobs<MeasureJob, UnitResult>(async ({ unit, only }, onProgress) => {
  progress.tell = onProgress;
  let engines = opened.get(unit.engine);
  if (!engines) opened.set(unit.engine, (engines = openEngines(unit.engine, own.contracts, { ...settings, progress })));
  return measureUnit(content[unit.scenarios ?? 'own'], unit, await engines, progress, only);
});
