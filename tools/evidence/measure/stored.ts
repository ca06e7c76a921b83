import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../foundation/content/failure';
import { systemReason } from '../../foundation/content/write';
import type { Proofs } from '../replay/verdict';
import type { MeasuredSet, Results } from './results';
import { wrongWithResults } from './results-form';

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

/** The committed results in a file; null where there is none. Throws a `Failure`: (3) where it can't be read, (1) where it holds anything else. */
export function readResults(file: string): Results | null {
  const text = contentOf(file);
  if (text === null) return null;
  const hint = '`tollgate measure` writes it anew';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(1, `${file}:${placeIn(text, error as SyntaxError)}: this is not JSON`, hint);
  }
  const wrong = wrongWithResults(value);
  if (wrong !== null)
    throw new Failure(1, `${file}:1:1: this is not a measurement: ${wrong} is not as it should be`, hint);
  return value as Results;
}

function contentOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Failure(3, `cannot read ${file}: ${systemReason(error)}`);
  }
}

/** Line and column that the error names; those of the end where it names none. */
function placeIn(text: string, { message }: SyntaxError): string {
  const before = text.slice(0, Number(/at position (\d+)/.exec(message)?.[1] ?? text.length)).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

/** A unit and detector a line, so that a difference between two measurements can be read. */
export function resultsText({ independent, ...own }: Results): string {
  const ofIndependent = independent === null ? 'null' : `{\n${membersOf(independent)}\n  }`;
  return `{\n${membersOf(own)},\n  "independent": ${ofIndependent}\n}\n`;
}

function membersOf({ units, detectors, ...rest }: MeasuredSet): string {
  const lines = (list: unknown[]) => `[\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`;
  const others = Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return [...others, `  "units": ${lines(units)}`, `  "detectors": ${lines(detectors)}`].join(',\n');
}

/** What the results show of each detector's rate in the worlds whose content is still the measured one. */
export function proofsOf({ detectors, digests }: Results, now: ReadonlyMap<string, string>): Proofs {
  const holds = ({ world }: { world: string }): boolean => digests[world] === now.get(world);
  return new Map(detectors.map(({ id, worlds }) => [id, worlds.filter(holds)]));
}

/** The worlds of a set whose content is another one than that which was measured; those without a measurement are none of them. */
export function staleWorlds({ digests }: Pick<MeasuredSet, 'digests'>, now: ReadonlyMap<string, string>): string[] {
  return Object.keys(digests).filter((world) => digests[world] !== now.get(world));
}
