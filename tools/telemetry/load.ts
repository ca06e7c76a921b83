import { basename, extname } from 'node:path';
import { byPosition, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { findYaml } from '../foundation/content/find';
import { misfitDiagnostic, type Misfit } from '../foundation/content/misfit';
import { schemaDiagnostics } from '../foundation/content/schema';
import { loadOneDocument } from '../foundation/content/one-document';
import type { Contract } from './contract';
import { logsourceText } from './logsource';
import { formMisfits } from './form-misfits';
import { misfits } from './references';

export interface LoadedContracts {
  /** By id, in the order of the files. Contracts with an error are left out. */
  contracts: Map<string, Contract>;
  diagnostics: Diagnostic[];
}

/**
 * Reads the telemetry contracts of a folder, or of some files, `<id>.yml` each, and checks them: their schema, that their parts fit each
 * other, and that no two are of one log source. `more` is a further check: `exampleMisfits`, where the time to compile a
 * schema for each contract doesn't matter.
 * A folder that is not there, or holds none, is a `Failure` with exit code 2.
 */
export function loadContracts(
  paths: string | string[],
  more: (contract: Contract) => Misfit[] = () => [],
): LoadedContracts {
  const contracts = new Map<string, Contract>();
  const diagnostics: Diagnostic[] = [];
  for (const path of findYaml([paths].flat())) {
    const loaded = loadOneDocument(path, 'contract');
    diagnostics.push(...loaded.diagnostics);
    const [document] = loaded.documents;
    if (!document) continue;
    const found = schemaDiagnostics('telemetry-contract', document);
    if (found.length === 0) {
      const contract = document.value as Contract;
      const wrong = [
        ...fileMisfits(contract, document.file, contracts),
        ...misfits(contract),
        ...formMisfits(contract),
      ];
      if (wrong.length === 0) wrong.push(...more(contract));
      found.push(...wrong.map((misfit) => misfitDiagnostic(document, misfit)));
      if (found.length === 0 && loaded.diagnostics.length === 0) contracts.set(contract.id, contract);
    }
    diagnostics.push(...found);
  }
  return { contracts, diagnostics: diagnostics.sort(byPosition) };
}

function fileMisfits(contract: Contract, file: string, others: Map<string, Contract>): Misfit[] {
  const found: Misfit[] = [];
  const name = basename(file, extname(file));
  if (name !== contract.id) {
    const message = `the contract's id is '${contract.id}', but its file is called '${basename(file)}'`;
    found.push({
      path: ['id'],
      part: 'value',
      code: 'wrong-file-name',
      message,
      hint: `rename it to ${contract.id}.yml`,
    });
  }
  const text = logsourceText(contract.logsource);
  for (const other of others.values()) {
    if (logsourceText(other.logsource) !== text) continue;
    const message = `the log source {${text}} is that of '${other.id}' already`;
    const hint = 'tell them apart by their service: a rule finds its contract by the log source';
    found.push({ path: ['logsource'], part: 'key', code: 'duplicate-logsource', message, hint });
  }
  return found;
}
