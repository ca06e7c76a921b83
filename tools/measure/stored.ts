import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../content/failure';
import type { Proofs } from '../replay/verdict';
import type { Results } from './results';

/** Where the measurement of content is, whose datasets are in this folder. */
export function filesOf(datasets: string) {
  const root = join(datasets, '..');
  const folder = join(root, 'measurement');
  const page = join(root, 'docs', 'measurement.md');
  return {
    results: join(folder, 'results.json'),
    development: join(folder, 'development.json'),
    page,
    /** Empty where there is none. */
    pageText: () => (existsSync(page) ? readFileSync(page, 'utf8') : ''),
    /** The journal of the units that were finished on this machine. */
    units: join(folder, 'units.ndjson'),
  };
}

/** The committed results in a file; null where there is none. Throws a `Failure` (3) where it can't be read. */
export function readResults(file: string): Results | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch (error) {
    throw new Failure(3, `cannot read ${file}: ${(error as Error).message}`, 'tollgate measure writes it');
  }
}

/** A unit and detector a line, so that a difference between two measurements can be read. */
export function resultsText({ units, detectors, ...rest }: Results): string {
  const lines = (list: unknown[]) => `[\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`;
  const others = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[...others, `  "units": ${lines(units)}`, `  "detectors": ${lines(detectors)}`].join(',\n')}\n}\n`;
}

/** What the results show of each detector's rate in the worlds whose content is still the measured one. */
export function proofsOf({ detectors, digests }: Results, now: ReadonlyMap<string, string>): Proofs {
  const holds = ({ world }: { world: string }): boolean => digests[world] === now.get(world);
  return new Map(detectors.map(({ id, worlds }) => [id, worlds.filter(holds)]));
}

/** The worlds whose content is another one than that which was measured; those without a measurement are none of them. */
export function staleWorlds({ digests }: Results, now: ReadonlyMap<string, string>): string[] {
  return Object.keys(digests).filter((world) => digests[world] !== now.get(world));
}
