import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Results } from '../../evidence/measure/results';
import { filesOf, readResults } from '../../evidence/measure/stored';
import { reported, sourcesOf } from '../../evidence/replay/rule-detector';
import { TARGETS } from '../../export/targets';
import { contentName } from '../../foundation/content/find';
import type { Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import type { Contract } from '../../telemetry/contract';
import { mapAt, textsAt } from '../check/content';
import type { Layout } from '../check/layout';
import type { Loaded } from '../check/load';
import type { ListedThing } from '../report/list';

type Lister = (loaded: Loaded, layout: Layout) => ListedThing[];

/** What each kind of content has, in the order in which it is listed. What has errors is in none. */
export const LISTED: Record<
  'rules' | 'queries' | 'scenarios' | 'worlds' | 'contracts' | 'forms' | 'sources' | 'targets',
  Lister
> = {
  rules: ({ content }, layout) => {
    const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
    const measured = measuredIds(layout);
    return reported(content.sigma).map((rule) => ({
      name: contentName(rule.file),
      title: rule.title,
      file: rule.file,
      state: {
        status: rule.status ?? '-',
        level: rule.level ?? '-',
        sources: sourcesOf(rule, byId, content.contracts),
        measured: measured.has(rule.id),
      },
    }));
  },
  queries: ({ content }, layout) => {
    const measured = measuredIds(layout);
    return content.hunts.map(({ id, title, file, status, level, source }) => ({
      name: contentName(file),
      title,
      file,
      state: { status, level, sources: [source], measured: measured.has(id) },
    }));
  },
  scenarios: (loaded, layout) => {
    const results = resultsOf(layout);
    const named = namedScenarios(loaded);
    const thing = (scenario: Scenario, isIndependent: boolean): ListedThing => ({
      name: scenario.name,
      title: scenario.title,
      file: scenario.file,
      state: {
        kind: scenario.kind,
        independent: isIndependent,
        namedBy: named.get(scenario.name) ?? 0,
        measured: scenariosIn(isIndependent ? results?.independent : results).has(scenario.name),
      },
    });
    const { datasets, independent } = loaded;
    return [
      ...datasets.scenarios.map((scenario) => thing(scenario, false)),
      ...independent.scenarios.map((scenario) => thing(scenario, true)),
    ];
  },
  worlds: ({ datasets, independent }, layout) => {
    const results = resultsOf(layout);
    const own = new Set(datasets.worlds.map(({ name }) => name));
    const units = [...(results?.units ?? []), ...(results?.independent?.units ?? [])];
    return [...datasets.worlds, ...independent.worlds.filter(({ name }) => !own.has(name))].map((world: World) => ({
      name: world.name,
      title: world.title,
      file: world.file,
      state: {
        sendsPerDay: world.sends_per_day,
        sources: world.sources.length,
        independent: !own.has(world.name),
        measured: units.some((unit) => unit.world === world.name),
      },
    }));
  },
  contracts: ({ content }, layout) =>
    contractsOf(content).map((contract) => {
      const fields = Object.values(contract.fields);
      return {
        name: contract.id,
        title: contract.title,
        file: fileOf(contract, layout),
        state: {
          fields: fields.length,
          unverified: fields.filter(({ evidence }) => evidence === 'unverified').length,
          forms: Object.keys(contract.forms ?? {}).length,
        },
      };
    }),
  forms: ({ content }, layout) =>
    contractsOf(content).flatMap((contract) =>
      Object.entries(contract.forms ?? {}).map(([id, form]) => ({
        name: `${contract.id}/${id}`,
        title: form.title,
        file: fileOf(contract, layout),
        state: { source: contract.id, layout: form.layout ?? 'json', evidence: form.evidence },
      })),
    ),
  sources: ({ content, datasets }) => {
    const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
    const read = reported(content.sigma).map((rule) => sourcesOf(rule, byId, content.contracts));
    return contractsOf(content).map(({ id, title, enabled }) => ({
      name: id,
      title,
      file: null,
      state: {
        onByDefault: enabled.byDefault,
        rules: read.filter((sources) => sources.includes(id)).length,
        queries: content.hunts.filter(({ source }) => source === id).length,
        worlds: datasets.worlds.filter(({ sources }) => sources.includes(id)).length,
      },
    }));
  },
  targets: (_, { root }) =>
    Object.keys(TARGETS).map((name) => ({
      name,
      title: `tollgate export --target ${name}`,
      file: null,
      state: { written: existsSync(join(root, 'exports', name)) },
    })),
};

function contractsOf({ contracts }: Loaded['content']): Contract[] {
  return [...contracts.values()];
}

/** A contract's file is called as its id. */
function fileOf({ id }: Contract, { telemetry }: Layout): string | null {
  if (typeof telemetry === 'string') return join(telemetry, `${id}.yml`);
  return telemetry.find((file) => contentName(file) === id) ?? null;
}

function resultsOf({ datasets }: Layout): Results | null {
  return readResults(filesOf(datasets).results);
}

function measuredIds(layout: Layout): Set<string> {
  return new Set(resultsOf(layout)?.detectors.map(({ id }) => id));
}

/** The scenarios of a measured set: the campaigns, and what happens to honest people. */
function scenariosIn(set: Pick<Results, 'pack'> | null | undefined): Set<string> {
  const both = (set?.pack ?? []).flatMap(({ campaigns, honest }) => [...campaigns, ...honest]);
  return new Set(both.map(({ scenario }) => scenario));
}

/** Scenario → how many rules and queries promise to catch it, or say that it may raise them. */
function namedScenarios({ content }: Loaded): Map<string, number> {
  const count = new Map<string, number>();
  for (const { value } of [...content.rules, ...content.queries]) {
    const caught = textsAt(mapAt(value, 'tollgate'), 'catches').map(({ text }) => text);
    const raising = textsAt(value, 'falsepositives').map(({ text }) => text.split(':', 1)[0]!);
    for (const name of new Set([...caught, ...raising])) count.set(name, (count.get(name) ?? 0) + 1);
  }
  return count;
}
