import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Path, Reporter } from '@tollgate/sigma/rules/reporter';
import { fieldsOf, type Contract, type Field } from '../../telemetry/contract';

/** Reports a field that the query's source doesn't have; returns what the contract says of one that it has. */
export type FieldChecker = (name: string, path: Path, part?: 'key' | 'value') => Field | null;

/** The checker for a query's `source`. Reports a source without a contract, and then knows no field and reports none. */
export function checkerFor(
  source: unknown,
  contracts: ReadonlyMap<string, Contract>,
  reporter: Reporter,
): FieldChecker {
  const contract = typeof source === 'string' ? contracts.get(source) : undefined;
  if (!contract) {
    // A missing or misshapen source is the schema's to report.
    if (typeof source === 'string') {
      const hint = didYouMean(source, contracts.keys());
      reporter.error('unknown-source', ['source'], `there is no telemetry contract '${source}'`, hint);
    }
    return () => null;
  }
  const fields = fieldsOf(contract);
  return (name, path, part) => {
    if (Object.hasOwn(fields, name)) return fields[name]!;
    const hint = didYouMean(name, Object.keys(fields));
    reporter.error('unknown-field', path, `${contract.id} has no field '${name}'`, hint, part);
    return null;
  };
}
