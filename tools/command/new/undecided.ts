import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DetectorDraft } from './draft';
import type { NewFile } from './files';
import type { NewGround } from './ground';
import { settingFor, type Kind } from './variants';
import { flow } from './yaml';

/**
 * The list of mutants with a reason for each group field that is the same in all records of a source, so that no case can tell whether
 * it is there; null where each can differ. Only the field of the asset may be so.
 */
export function undecided(
  draft: DetectorDraft,
  kind: Kind,
  { layout }: NewGround,
): { file: NewFile; note: string } | null {
  const { asset } = draft.contract.roles;
  const isOne = draft.groupBy.includes(asset) && settingFor(kind, { other: asset }) === null;
  if (!isOne || (draft.kind === 'rule' && draft.atLeast === 1)) return null;
  const file = join(layout.datasets, 'mutants.yml');
  const was = existsSync(file) ? readFileSync(file, 'utf8') : null;
  const mutant = `${draft.kind === 'rule' ? 'correlation.' : ''}group-by: without ${asset}`;
  const reason = `All records of ${draft.contract.title} are of one asset, so that no case can have two; the field is there for correlations with other sources.`;
  const entry = `  - rule: ${draft.id}\n    mutant: ${flow(mutant)}\n    reason: ${flow(reason)}\n`;
  const head = 'title: Mutants that no case tells from the rule or query, with the reason\nsurvivors:\n';
  return {
    file: { file, text: `${was ?? head}${entry}`, was },
    note: `all records of ${draft.contract.id} are of one asset: ${file} says why no case tells whether '${asset}' is there`,
  };
}
