import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../telemetry/contract';
import type { NewFile } from './files';
import type { NewGround } from './ground';
import { settingFor } from './variants';
import { flow } from './yaml';

/** A new rule or query, as far as it may have mutants that no case can tell from it. */
export interface Grouping {
  id: string;
  kind: 'rule' | 'query';
  contract: Contract;
  groupBy: readonly string[];
  /** A record that its cases are made of. */
  record: Record<string, unknown>;
}

/**
 * The list of mutants with a reason for a group field of the asset that is the same in all records of a source, so that no case can
 * tell whether it is there; null where it can differ or nothing is grouped by it.
 */
export function undecided(
  { id, kind, contract, groupBy, record }: Grouping,
  { layout }: NewGround,
): { file: NewFile; note: string } | null {
  const { asset } = contract.roles;
  const canDiffer = settingFor({ contract, record, groupBy, count: null }, { other: asset }) !== null;
  if (!groupBy.includes(asset) || canDiffer) return null;
  const file = join(layout.datasets, 'mutants.yml');
  const was = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const mutant = `${kind === 'rule' ? 'correlation.' : ''}group-by: without ${asset}`;
  const reason = `All records of ${contract.title} are of one asset, so that no case can have two; the field is there for correlations with other sources.`;
  const entry = `  - rule: ${id}\n    mutant: ${flow(mutant)}\n    reason: ${flow(reason)}\n`;
  const head = 'title: Mutants that no case tells from the rule or query, with the reason\nsurvivors:\n';
  return {
    file: { file, text: `${was ?? head}${entry}`, was },
    note: `all records of ${contract.id} are of one asset: ${file} says why no case tells whether '${asset}' is there`,
  };
}
