import { existsSync } from 'node:fs';
import { Failure } from '../../foundation/content/failure';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { misfitDiagnostic } from '../../foundation/content/misfit';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import { loadOneDocument } from '../../foundation/content/one-document';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { parseSeeds } from './seeds';

/** Which detectors a unit runs: `short` all but the queries with a baseline, `long` these alone. */
export type DetectorChoice = 'all' | 'short' | 'long';

/** One run of one world, as a plan asks for it. */
export interface UnitSpec {
  world: string;
  seed: number;
  days: number;
  detectors: DetectorChoice;
  /** In memory, or in Elasticsearch as well. */
  engine: 'memory' | 'both';
  /** With the independent scenarios, instead of those written alongside the rules. */
  scenarios?: 'independent';
}

interface PlanEntry {
  world: string;
  seeds: string;
  days: number;
  elasticsearch?: string;
  detectors?: DetectorChoice;
  scenarios?: 'independent';
}

/**
 * The units of a plan file. Throws a `Failure` (1) at the first thing that is wrong with it, and (2) where it can't be read.
 * A world and seed come once for each detector: the same traffic counted twice would be no second proof.
 */
export function readPlan(file: string, worlds: string[]): UnitSpec[] {
  const { documents, diagnostics } = loadOneDocument(readable(file), 'plan');
  const [document] = documents;
  const [wrong] = [...diagnostics, ...(document ? planDiagnostics(document, worlds) : [])];
  if (wrong) throw new Failure(1, `${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.message}`, wrong.hint);
  return withoutRepetition((document!.value as { units: PlanEntry[] }).units.flatMap(unitsOf));
}

/** What is wrong with a plan for content that has these worlds. */
export function planDiagnostics(document: YamlDocument, worlds: string[]): Diagnostic[] {
  const structure = schemaDiagnostics('measurement-plan', document);
  if (structure.length > 0) return structure;
  const { units } = document.value as { units: PlanEntry[] };
  const unknown = units.flatMap(({ world }, index): Diagnostic[] => {
    if (worlds.includes(world)) return [];
    const message = `there is no world '${world}'`;
    const path = ['units', index, 'world'];
    return [misfitDiagnostic(document, { path, code: 'unknown-world', message, hint: didYouMean(world, worlds) })];
  });
  if (unknown.length > 0) return unknown;
  try {
    withoutRepetition(units.flatMap(unitsOf));
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint } = error;
    return [
      misfitDiagnostic(document, { path: ['units'], part: 'key', code: 'wrong-value', message, ...(hint && { hint }) }),
    ];
  }
}

function unitsOf({ world, seeds, days, elasticsearch, detectors = 'all', scenarios }: PlanEntry): UnitSpec[] {
  const both = elasticsearch === undefined ? [] : parseSeeds(elasticsearch);
  const all = parseSeeds(seeds);
  const stray = both.find((seed) => !all.includes(seed));
  if (stray !== undefined)
    throw new Failure(1, `the plan runs ${world} in Elasticsearch with seed ${stray}, which is not one of its seeds`);
  return all.map((seed) => ({
    world,
    seed,
    days,
    detectors,
    engine: both.includes(seed) ? 'both' : 'memory',
    ...(scenarios && { scenarios }),
  }));
}

function withoutRepetition(units: UnitSpec[]): UnitSpec[] {
  const seen = new Set<string>();
  for (const { world, seed, detectors, scenarios = '' } of units)
    for (const part of detectors === 'all' ? ['short', 'long'] : [detectors]) {
      const key = `${world} ${seed} ${part} ${scenarios}`;
      if (seen.has(key))
        throw new Failure(1, `the plan has seed ${seed} of ${world} twice`, 'each unit needs a seed of its own');
      seen.add(key);
    }
  return units;
}

/** What stands for a unit in files: no other unit of a plan has the same. */
export function unitKey({ world, seed, days, detectors, engine, scenarios }: UnitSpec): string {
  return [world, seed, days, detectors, engine, ...(scenarios ? [scenarios] : [])].join(' ');
}

function readable(file: string): string {
  if (existsSync(file)) return file;
  throw new Failure(3, `cannot read ${file}: there is no such file`);
}
