import { ROOT } from '../foundation/root';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { contentName, withoutNamesOf, yamlAt, yamlOver } from '../foundation/content/find';
import { misfitDiagnostic, type Misfit } from '../foundation/content/misfit';
import { schemaDiagnostics } from '../foundation/content/schema';
import { loadOneDocument } from '../foundation/content/one-document';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { scenarioMisfits } from './check-scenario';
import { worldMisfits } from './check-world';
import { rateCardMisfits, type RateCard } from './rate-card';
import type { Scenario } from './scenario';
import type { World } from './world';

export interface LoadedDatasets {
  /** In the order of their names. What has an error is left out. */
  worlds: World[];
  scenarios: Scenario[];
  diagnostics: Diagnostic[];
}

const SCENARIO_FOLDERS = ['benign', 'malicious'] as const;

/**
 * Reads the worlds and scenarios of a folder that is laid out like `datasets/`: `worlds/<name>.yml`, `benign/<name>.yml`
 * and `malicious/<name>.yml`. A folder that is not there holds none. Messages are priced by its `rate-card.yml`, or by ours where it has none.
 * Of several folders each is laid over those before it. `beside` are files of worlds and scenarios elsewhere, which go before those of the same name in the folders.
 */
export function loadDatasets(
  dir: string | readonly string[],
  beside: { worlds: string[]; scenarios: string[] } = { worlds: [], scenarios: [] },
): LoadedDatasets {
  const diagnostics: Diagnostic[] = [];
  const folders = [dir].flat();
  const worlds = loadWorlds(folders, beside.worlds, diagnostics);
  const scenarios = loadScenarios(folders, beside.scenarios, worlds, diagnostics, laidOver(folders));
  return { worlds, scenarios, diagnostics: diagnostics.sort(byPosition) };
}

/** The folder of the independent scenarios, in one of datasets. */
export const INDEPENDENT = 'independent';

/**
 * The independent scenarios, which choose no threshold and have a row of their own, with the worlds in which
 * they occur: those of the datasets, which are `own`, and further ones.
 */
export function loadIndependent(dir: string | readonly string[], own: readonly World[]): LoadedDatasets {
  const diagnostics: Diagnostic[] = [];
  const folders = [dir].flat();
  const apart = folders.map((folder) => join(folder, INDEPENDENT));
  const worlds = [...own, ...loadWorlds(apart, [], diagnostics, folders)];
  const scenarios = loadScenarios(apart, [], worlds, diagnostics, laidOver(folders));
  return { worlds, scenarios, diagnostics: diagnostics.sort(byPosition) };
}

function loadScenarios(
  folders: string[],
  beside: string[],
  worlds: World[],
  diagnostics: Diagnostic[],
  over: ReadonlySet<string>,
): Scenario[] {
  const found: { document: YamlDocument; scenario: Scenario; folder: string }[] = [];
  const read = (files: string[], folder?: string): void => {
    for (const { document, name } of documentsOf(files, diagnostics)) {
      if (!obeys('scenario', document, diagnostics)) continue;
      const scenario = { ...(document.value as Omit<Scenario, 'name' | 'file'>), name, file: document.file };
      found.push({ document, scenario, folder: folder ?? scenarioFolder(document.file) ?? scenario.kind });
    }
  };
  for (const kind of SCENARIO_FOLDERS) read(withoutNamesOf(beside, yamlOver(folders, kind)), kind);
  read(beside);
  const all = found.map(({ scenario }) => scenario);
  return found.flatMap(({ document, scenario, folder }) => {
    const misfitsIn = (some: World[]): Misfit[] => scenarioMisfits(scenario, folder, all, some);
    const { judged, unfit } = worldsFor(scenario, worlds, over, misfitsIn);
    if (!fits(document, misfitsIn(judged), diagnostics)) return [];
    return [unfit.length === 0 ? scenario : { ...scenario, unfit: unfit.map(({ name }) => name) }];
  });
}

/** The files of the folders that are laid over the first. */
function laidOver(folders: readonly string[]): ReadonlySet<string> {
  return new Set(folders.slice(1).flatMap(yamlAt));
}

/**
 * In which worlds it is an error that a scenario does not fit: those that were written with it. Of others, which a folder brings or is
 * laid over, it is left out where it does not fit (`unfit`), unless it then fits in none.
 */
function worldsFor(
  { file }: Scenario,
  worlds: World[],
  over: ReadonlySet<string>,
  misfitsIn: (worlds: World[]) => Misfit[],
): { judged: World[]; unfit: World[] } {
  if (over.size === 0) return { judged: worlds, unfit: [] };
  const isOver = over.has(file);
  const own = worlds.filter((world) => over.has(world.file) === isOver);
  const others = worlds.filter((world) => !own.includes(world));
  const alone = misfitsIn([]).length;
  const unfit = others.filter((world) => misfitsIn([world]).length > alone);
  return own.length === 0 && unfit.length === others.length ? { judged: others, unfit: [] } : { judged: own, unfit };
}

/**
 * The worlds alone, as `loadDatasets` reads them; what is wrong with them is added to `diagnostics`. `priced`: the folder of the rate card, if another.
 */
export function loadWorlds(
  dir: string | readonly string[],
  beside: string[] = [],
  diagnostics: Diagnostic[] = [],
  priced = dir,
): World[] {
  const rates = rateCardOf(priced, diagnostics);
  const files = [...withoutNamesOf(beside, yamlOver([dir].flat(), 'worlds')), ...beside];
  return documentsOf(files, diagnostics).flatMap(({ document, name }) => {
    if (!obeys('world', document, diagnostics)) return [];
    const world = { ...(document.value as Omit<World, 'name' | 'file' | 'rates'>), name, file: document.file, rates };
    return fits(document, worldMisfits(world), diagnostics) ? [world] : [];
  });
}

const RATE_CARD = 'rate-card.yml';
const OURS = join(ROOT, 'datasets', RATE_CARD);

/** A card that has errors is not used; nobody replays what has errors, so ours then only keeps the worlds whole. */
export function rateCardOf(dir: string | readonly string[], diagnostics: Diagnostic[]): RateCard {
  const [own = OURS] = yamlOver([dir].flat(), RATE_CARD);
  return (existsSync(own) && readRateCard(own, diagnostics)) || readRateCard(OURS, [])!;
}

/** The card in a file; null where it has errors, which are told. */
export function readRateCard(path: string, diagnostics: Diagnostic[]): RateCard | null {
  const document = onlyDocument(path, diagnostics);
  if (!document || !obeys('rate-card', document, diagnostics)) return null;
  const card = document.value as RateCard;
  return fits(document, rateCardMisfits(card), diagnostics) ? card : null;
}

/** The folder of scenarios, as its name says, in which a file stands. */
export function scenarioFolder(file: string): (typeof SCENARIO_FOLDERS)[number] | undefined {
  return SCENARIO_FOLDERS.find((folder) => folder === basename(dirname(file)));
}

function documentsOf(files: string[], diagnostics: Diagnostic[]): { document: YamlDocument; name: string }[] {
  return files.flatMap((file) => {
    const document = onlyDocument(file, diagnostics);
    return document ? [{ document, name: contentName(file) }] : [];
  });
}

/** A file's first document, a further one being a diagnostic; null where the parser refused something, which may have changed its meaning. */
function onlyDocument(path: string, diagnostics: Diagnostic[]): YamlDocument | null {
  const loaded = loadOneDocument(path, 'world, scenario or rate card');
  diagnostics.push(...loaded.diagnostics);
  const [document] = loaded.documents;
  return document && loaded.diagnostics.length === 0 ? document : null;
}

function obeys(schema: 'world' | 'scenario' | 'rate-card', document: YamlDocument, diagnostics: Diagnostic[]): boolean {
  const found = schemaDiagnostics(schema, document);
  diagnostics.push(...found);
  return found.length === 0;
}

function fits(document: YamlDocument, misfits: Misfit[], diagnostics: Diagnostic[]): boolean {
  for (const misfit of misfits) diagnostics.push(misfitDiagnostic(document, misfit));
  return misfits.length === 0;
}
