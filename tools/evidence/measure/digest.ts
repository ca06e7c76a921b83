import { join } from 'node:path';
import { contentName, findYaml, yamlAt, yamlOver } from '../../foundation/content/find';
import { isMap } from '@tollgate/sigma/values/map';
import { loadYaml } from '../../foundation/content/load-yaml';
import { INDEPENDENT } from '../../simulate/load';
import type { Scenario } from '../../simulate/scenario';
import { canOccur } from '../../simulate/schedule';
import type { World } from '../../simulate/world';
import { withoutTemplates } from '@tollgate/sigma/rules/templates';
import { detectionsOf, type YamlMap } from '../../telemetry/detections';
import { CONTENT_PROSE, documentDigest, isReported, type Surroundings } from './documents';
import { hash, sortedKeys } from '../../foundation/json-hash';
import { without } from './without';

/**
 * To be raised by one with each change of the simulator, the correlator or the judge that changes a figure. A digest of their
 * sources would ask for a whole measurement after each comment; that this number was forgotten shows in the test
 * that measures a committed unit again.
 */
const TOOLS_VERSION = 1;

/** The files that decide what a measurement finds. */
export interface MeasuredFiles {
  rules: string[];
  queries: string[];
  filters: string[];
  /** Folder with `worlds`, `benign`, `malicious`, and what there is of `baselines` and a rate card. */
  datasets: string;
  /** Folders that are laid over that one. */
  over?: string[];
  telemetry: string | string[];
}

/** What changes nothing that is found. */
const PROSE: Record<'data' | 'contract', string[]> = {
  data: ['title', 'description', 'references', 'signals', 'indistinguishable'],
  contract: [
    'title',
    'description',
    'references',
    'enabled',
    'guide',
    'retention',
    'never',
    'doubts',
    'example',
    'step',
    'forms',
    'derived',
  ],
};
const FIELD_PROSE = ['meaning', 'evidence', 'ecs', 'tells', 'values', 'others'];

/** What decides the figures of a world. */
export interface WorldDigest {
  /** Of its traffic, its logs, which of these are read, and the tools: hexadecimal. */
  data: string;
  /** Id of each rule and query that reports → the digest of what decides its alerts, see `documentDigest`. */
  documents: Record<string, string>;
  /** Of what these declare of themselves that decides what their alerts come to, but not the alerts: hexadecimal. */
  declared: string;
}

/** Of the scenarios written alongside the rules, and of the independent ones: world → what decides its figures. */
export interface Digests {
  own: Map<string, WorldDigest>;
  independent: Map<string, WorldDigest>;
}

/** What `worldParts` tells with each set of scenarios. */
export function digestsOf(files: MeasuredFiles): Digests {
  return { own: worldParts(files), independent: worldParts(files, [INDEPENDENT]) };
}

/**
 * Identifies, for each world, the content and the tools as far as a measurement in it depends on them, by the world's name. A
 * rule whose sources a world does not record, and a scenario that can't occur there, are not part of it, so that a new rule
 * asks for a measurement only where it can find something. `set`: the folder of the scenarios, below that of the datasets, which may
 * bring further worlds.
 */
export function worldParts(
  { rules, queries, filters, datasets, over = [], telemetry }: MeasuredFiles,
  set: string[] = [],
): Map<string, WorldDigest> {
  const folders = [datasets, ...over];
  const contracts = findYaml([telemetry].flat()).flatMap(valuesOf).filter(isMap);
  // Those that wait for a site's values change nothing.
  const filled = withoutTemplates(
    filters.flatMap((file) => loadYaml(file).documents),
    {},
  ).documents;
  const values = [...[...rules, ...queries].flatMap(valuesOf), ...filled.map(({ value }) => value)].filter(isMap);
  const isFilter = (value: YamlMap): boolean => isMap(value['filter']);
  const detections = detectionsOf(
    values.filter((value) => !isFilter(value)),
    contracts,
  );
  const around: Surroundings = {
    detections,
    filters: values.filter(isFilter),
    derived: new Map(contracts.map((contract) => [contract['id'], withoutProse(contract['derived'])])),
  };
  const digestOf = new Map(
    detections
      .filter(({ value }) => isReported(value, detections))
      .map((detection) => [detection, documentDigest(detection, around)]),
  );
  const common = [...yamlAt(join(datasets, 'baselines')), ...yamlOver(folders, 'rate-card.yml')].flatMap(valuesOf);
  const scenarios = ['benign', 'malicious'].flatMap((folder) => yamlOver(folders, ...set, folder));
  const worlds = [...new Set([[], set].flatMap((path) => yamlOver(folders, ...path, 'worlds')))];
  const digests = worlds.flatMap((file): [string, WorldDigest][] => {
    const [world] = valuesOf(file).filter(isMap) as unknown as World[];
    if (!world || !Array.isArray(world.sources)) return [];
    const isRecorded = (source: unknown): boolean => world.sources.includes(source as string);
    const documents = detections.filter(({ sources }) => sources.every(isRecorded));
    const parts = [
      without(world, PROSE.data),
      common.map((value) => without(value, CONTENT_PROSE)),
      [...new Set(documents.flatMap(({ sources }) => sources))].sort(),
      ...contracts.filter(({ id }) => isRecorded(id)).map(contractPart),
      ...scenarios.flatMap((path) =>
        valuesOf(path)
          .filter((value) => isMap(value) && canOccur(value as unknown as Scenario, world))
          .map((value) => [contentName(path), without(value, PROSE.data)]),
      ),
    ];
    const texts = parts.map((part) => JSON.stringify(part, sortedKeys)).sort();
    const entries = documents.flatMap((detection): [string, string][] => {
      const digest = digestOf.get(detection);
      return digest === undefined ? [] : [[String(detection.value['id']), digest]];
    });
    return [
      [
        contentName(file),
        {
          data: hash([TOOLS_VERSION, contentName(file), texts]),
          documents: Object.fromEntries(entries),
          declared: hash(documents.map(({ value }) => declaredIn(value)).sort()),
        },
      ],
    ];
  });
  return new Map(digests);
}

/** What `worldParts` tells, as one text for each world. */
export function worldDigests(files: MeasuredFiles): Map<string, string> {
  return digestTexts(worldParts(files));
}

/** The digests of each set's worlds as texts. */
export function digestTextsOf({ own, independent }: Digests): Record<keyof Digests, Map<string, string>> {
  return { own: digestTexts(own), independent: digestTexts(independent) };
}

/** The digest of each world as one text: hexadecimal. */
export function digestTexts(parts: ReadonlyMap<string, WorldDigest>): Map<string, string> {
  return new Map([...parts].map(([world, digest]) => [world, hash(digest)]));
}

/** The ids of the documents whose alerts, found with the content of `then`, are those of `now`; null where the traffic or the logs are others. */
export function stillHolding(then: WorldDigest, now: WorldDigest): string[] | null {
  if (then.data !== now.data) return null;
  return Object.keys(now.documents).filter((id) => then.documents[id] === now.documents[id]);
}

/** An incident is made of alerts by their levels and kinds of sign; pages tell titles. */
function declaredIn({ id, title, level, tollgate }: YamlMap): string {
  return JSON.stringify([id, title, level, isMap(tollgate) ? tollgate['shows'] : undefined]);
}

function valuesOf(file: string): unknown[] {
  return loadYaml(file).documents.map(({ value }) => value);
}

function contractPart(value: YamlMap): unknown {
  // The judge reads what has a role; other derived fields concern the documents that name them.
  const roles = JSON.stringify(value['roles'] ?? {});
  const derived = Object.entries(withoutProse(value['derived'])).filter(([name]) => roles.includes(`"${name}"`));
  return {
    ...(without(value, PROSE.contract) as object),
    fields: withoutProse(value['fields']),
    derived: Object.fromEntries(derived),
  };
}

/** Fields by their names, without what is said of them. */
function withoutProse(fields: unknown): YamlMap {
  const entries = Object.entries(isMap(fields) ? fields : {});
  return Object.fromEntries(entries.map(([name, field]) => [name, without(field, FIELD_PROSE)]));
}
