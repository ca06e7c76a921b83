import { Failure } from '../../foundation/content/failure';
import type { Scenario } from '../../simulate/scenario';
import type { Dataset } from '../../simulate/types';

/** The chosen scenarios and those in which they hide, without which they can't occur; in the order of all. */
export function withHosts<T extends Pick<Scenario, 'name' | 'within'>>(chosen: T[], all: T[]): T[] {
  const hosts = new Set(chosen.map(({ within }) => within));
  return all.filter((one) => chosen.includes(one) || hosts.has(one.name));
}

/**
 * Where scenarios were asked for by name, each is to occur in one of the datasets: what never happens tests nothing. Throws a
 * `Failure` (2) for one that does not. `chosen` are the scenarios that were asked for.
 */
export function expectOccurrences(
  chosen: Pick<Scenario, 'name' | 'within' | 'requires'>[],
  { scenario: names }: { scenario?: string[] },
  datasets: Pick<Dataset, 'world' | 'days' | 'occurrences'>[],
): void {
  if (names === undefined) return;
  const occurring = new Set(datasets.flatMap(({ occurrences }) => occurrences.map(({ scenario }) => scenario)));
  const absent = chosen.find(({ name }) => !occurring.has(name));
  if (!absent) return;
  const { days } = datasets[0]!;
  const worlds = datasets.map(({ world }) => world).join(', ');
  throw new Failure(
    2,
    `the scenario '${absent.name}' never occurs in ${days === 1 ? 'a day' : `${days} days`} of ${worlds}`,
    hintFor(absent, chosen),
  );
}

function hintFor({ within, requires }: Pick<Scenario, 'within' | 'requires'>, chosen: { name: string }[]): string {
  if (within !== undefined && !chosen.some(({ name }) => name === within))
    return `it hides in '${within}': name that as well`;
  const { sources = [], flows = [], sends_per_day: sends } = requires ?? {};
  const needs = [
    ...sources,
    ...flows.map((flow) => `the flow ${flow}`),
    ...(sends === undefined ? [] : [`${sends} sends a day`]),
  ];
  const world = needs.length === 0 ? '' : `it needs a world with ${needs.join(', ')} (--world), and `;
  return `${world || 'it needs '}enough --days for all of it`;
}
