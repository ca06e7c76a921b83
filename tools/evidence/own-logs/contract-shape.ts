import { compileQuery } from '@tollgate/sigma-elasticsearch/compile';
import { addressField, casedField, foldedField } from '@tollgate/sigma-elasticsearch/mapping';
import { ALL } from '@tollgate/sigma-elasticsearch/query';
import { isScalar } from '@tollgate/sigma/values/event';
import type { Plan } from '@tollgate/sigma/rules/plan';
import { indexPattern } from '../../export/lucene/names';
import { fieldsOf, type Contract, type Field } from '../../telemetry/contract';
import { fieldsTested, secondLook } from './second-look';
import { valuesIn, type Asked, type IndexShape, type KnownFields, type MatchReader, type OpenIndex } from './shape';

/** The indices that the export to Elastic makes, or others of the same fields. */
export function contractShape(contract: Contract, index = indexPattern(contract)): IndexShape {
  const fields = fieldsOf(contract);
  const forms = (name: string, field: Field): string[] => [
    name,
    casedField(name, field),
    foldedField(name, field),
    ...(field.type === 'ip' ? [addressField(name)] : []),
  ];
  const always = Object.entries(contract.fields).flatMap(([name, { optional }]) => (optional ? [] : [name]));
  return {
    name: 'contract',
    index,
    indexFields: [...new Set(Object.entries(fields).flatMap(([name, field]) => forms(name, field)))],
    // An index of other records may have a field of the same name by chance.
    fits: (known) => 2 * always.filter((name) => known.get(name)?.searchable).length >= always.length,
    open: (known) => new ContractIndex(contract, fields, index, known),
  };
}

class ContractIndex implements OpenIndex {
  readonly scope = ALL;

  constructor(
    private readonly contract: Contract,
    private readonly fields: Record<string, Field>,
    private readonly index: string,
    private readonly known: KnownFields,
  ) {}

  ask(plan: Plan): Asked {
    const { bound, query, asks } = compileQuery(plan, this.fields);
    const missing = asks.find((name) => this.known.get(name)?.searchable !== true);
    if (missing !== undefined) return { refused: this.lacks(missing) };
    return { query, exact: bound === 'exact' };
  }

  reader(names: readonly string[], plan: Plan | null): MatchReader | { refused: string } {
    const tested = plan === null ? [] : fieldsTested(plan);
    if (tested === null) return { refused: 'it looks for a text in any field, which no query can say exactly' };
    // A field that the contract does not have is in no record, and a rule may ask that it is not there.
    const read = [...names, ...tested.filter((name) => Object.hasOwn(this.fields, name))];
    const missing = read.find((name) => this.column(name) === null);
    if (missing !== undefined) return { refused: this.lacks(missing) };
    const columns = new Map([...new Set(read)].map((name) => [name, this.column(name)!]));
    const isMatch = secondLook(plan);
    return {
      fields: [...columns.values()],
      objects: [],
      values: (hit) => {
        const valuesOf = (name: string) => valuesIn(hit, columns.get(name)!).filter(isScalar);
        const there = [...columns.keys()].map((name) => [name, valuesOf(name)] as const);
        if (!isMatch(Object.fromEntries(there.filter(([, values]) => values.length > 0)))) return null;
        return names.map((name) => {
          const found = valuesOf(name);
          return found.length > 1 ? found : (found[0] ?? null);
        });
      },
    };
  }

  grouping(name: string) {
    const field = this.column(name);
    return field !== null && this.known.get(field)?.aggregatable ? { field, missing: null } : null;
  }

  present(name: string) {
    return { exists: { field: this.column(name) ?? name } };
  }

  /** The index field that has a field's values as they are. */
  private column(name: string): string | null {
    const field = Object.hasOwn(this.fields, name) ? this.fields[name]! : null;
    const column = field && (field.type === 'date' ? casedField(name, field) : name);
    return column !== null && this.known.get(column)?.searchable ? column : null;
  }

  private lacks(name: string): string {
    return `${this.index} has no field for ${name.replace(/\.(?:folded|text|as_ip)$/, '')} of ${this.contract.id}`;
  }
}
