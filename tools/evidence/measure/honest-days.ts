import { isMap } from '@tollgate/sigma/values/map';
import { contentName, yamlOver } from '../../foundation/content/find';
import { loadYaml } from '../../foundation/content/load-yaml';
import { INDEPENDENT } from '../../simulate/load';
import type { MeasuredPack, MeasuredSet } from './results';

/** An honest special day: its scenario's file, and why no log tells it from a campaign, where the scenario says so. */
export interface HonestDay {
  file: string;
  reason?: string;
}

/** The benign scenarios of a folder of datasets, or of several of which each is laid over those before it, the independent ones included: name → file and reason. */
export function honestDaysIn(datasets: string | readonly string[]): Map<string, HonestDay> {
  const files = [[], [INDEPENDENT]].flatMap((set) => yamlOver([datasets].flat(), ...set, 'benign'));
  return new Map(
    files.map((file) => {
      const value = loadYaml(file).documents[0]?.value;
      const reason = isMap(value) ? value['indistinguishable'] : undefined;
      return [contentName(file), { file, ...(typeof reason === 'string' && { reason }) }];
    }),
  );
}

/** The honest special days that became a high incident, by name: the worlds in which they were. */
export function daysAtHigh(pack: readonly Pick<MeasuredPack, 'world' | 'honest'>[]): Map<string, string[]> {
  const worlds = new Map<string, string[]>();
  for (const { world, honest } of pack)
    for (const { scenario, high } of honest)
      if (high > 0) worlds.set(scenario, [...(worlds.get(scenario) ?? []), world]);
  return new Map([...worlds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The days at high of a measured set for which no reason is given: each is an open finding. */
export function openDays({ pack }: Pick<MeasuredSet, 'pack'>, days: ReadonlyMap<string, HonestDay>): string[] {
  return [...daysAtHigh(pack).keys()].filter((scenario) => days.get(scenario)?.reason === undefined);
}
