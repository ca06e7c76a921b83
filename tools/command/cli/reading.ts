import { InvalidArgumentError } from 'commander';
import { findLayout } from '../check/layout';
import { harmless } from '../../foundation/content/harmless';
import type { Contract } from '../../telemetry/contract';
import { loadContracts } from '../../telemetry/load';

let known: Contract[] | null = null;

/** The contracts of the folder in which the command runs, or else Tollgate's own; read once. */
export function knownContracts(): Contract[] {
  known ??= [...loadContracts(findLayout([], { orOwn: true }).telemetry).contracts.values()];
  return known;
}

/** The option of the commands that read records, with its parser. */
export const ASSET_ID = [
  '--asset-id <id>',
  'the asset of all these records, whatever they say; by default each record names its own',
  assetId,
] as const;

function assetId(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** Says on stderr what was read: the form, and how many files and records. */
export function tellRead(line: string): void {
  process.stderr.write(`read: ${harmless(line)}\n`);
}
