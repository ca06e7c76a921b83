import { join } from 'node:path';
import { expect } from 'chai';
import type { Contract } from '../../tools/telemetry/contract';
import { loadContracts } from '../../tools/telemetry/load';

export const CONTRACT_DIR = join(__dirname, '..', '..', 'schemas', 'telemetry');

/** The repository's contracts, which must be without fault. */
export function repositoryContracts(): Map<string, Contract> {
  const { contracts, diagnostics } = loadContracts(CONTRACT_DIR);
  expect(diagnostics).to.deep.equal([]);
  return contracts;
}

/** One of them. */
export function contractOf(id: string): Contract {
  const contract = repositoryContracts().get(id);
  if (!contract) throw new Error(`no contract ${id}`);
  return contract;
}
