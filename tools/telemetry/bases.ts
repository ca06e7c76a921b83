import { COMMON_FIELDS, type Contract, type Derivation } from './contract';

/** The record's own fields of which a field of the contract is made, itself where it is one; none where every event has the same. */
export function basesOf(name: string, contract: Contract): string[] {
  if (Object.hasOwn(contract.fields, name) || Object.hasOwn(COMMON_FIELDS, name)) return [name];
  if (!Object.hasOwn(contract.derived, name)) return [];
  const { derive } = contract.derived[name]!;
  return [...new Set(sourcesOf(derive).flatMap((source) => basesOf(source, contract)))];
}

/** What a derivation reads: fields of the record, or derived ones. */
export function sourcesOf(derive: Derivation): string[] {
  switch (derive.how) {
    case 'first':
      return [derive.from, derive.or];
    case 'picked':
      return [derive.from, derive.by];
    case 'after':
      return [`${derive.from}.name`];
    case 'changed':
    case 'pairs':
      return ['name', 'previous', 'updated'].map((part) => `${derive.from}.${part}`);
    default:
      return [derive.from ?? []].flat();
  }
}
