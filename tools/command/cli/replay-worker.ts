import { workerData } from 'node:worker_threads';
import type { GivenParameter } from '../../detection/parameters/change';
import { openEngines, type EngineChoice, type EngineSettings } from '../../evidence/replay/engines';
import { runUnit, type UnitOptions, type UnitResult } from '../../evidence/replay/unit';
import { answerJobs } from '../../foundation/threads/job-thread';
import { loadContent } from '../check/load';
import type { Layout } from '../check/layout';
import { siteValues } from './content';
import { SharesAlone } from './shares-alone';
import { datasetOf, type WorldRun } from './world-datasets';

/** What a thread that replays is started with. The command has checked all of it. */
export interface ReplaySettings
  extends WorldRun, Pick<UnitOptions, 'window' | 'pictured'>, Omit<EngineSettings, 'progress'> {
  layout: Layout;
  placeholders?: string | undefined;
  param: GivenParameter[];
  /** Of the rules and queries to run, base rules included. */
  ids: string[];
  engine: EngineChoice;
}

/** The name of the world to replay. */
export type ReplayJob = string;

// What a thread of `tollgate replay` runs: it replays the worlds that it is told, one after the other.
const settings = workerData as ReplaySettings;
const { layout, placeholders, param, engine, window, pictured } = settings;
const loaded = loadContent(layout, { placeholders: siteValues(placeholders), parameters: param });
const ids = new Set(settings.ids);
const content = {
  rules: loaded.content.sigma.filter(({ id }) => ids.has(id)),
  queries: loaded.content.hunts.filter(({ id }) => ids.has(id)),
  contracts: loaded.content.contracts,
  ...loaded.datasets,
};
const progress = new SharesAlone();
const opened = openEngines(engine, content.contracts, { ...settings, progress });

answerJobs<ReplayJob, UnitResult>(async (name, onProgress) => {
  progress.tell = onProgress;
  const engines = await opened;
  const world = content.worlds.find((one) => one.name === name)!;
  return runUnit({ ...content, engines, progress, window, pictured }, datasetOf(content, world, settings));
});
