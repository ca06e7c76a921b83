import type { Misfit } from '../foundation/content/misfit';
import { getOwn } from '@tollgate/sigma/values/map';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';
import type { Contract, Derivation, Evidence, Field, KnownValues, Literal } from './contract';

/** The source of values that the contract itself lays down, where there is no vendor. */
export const OWN = 'contract';

/** A value that somebody tells of a field. */
export interface KnownValue {
  value: Literal;
  evidence: Evidence;
  /** One of the contract's references, or `OWN`; null where none was found. */
  source: string | null;
}

/** Every value that the contract tells of a field, in its order; none where they are the site's own, or amounts. */
export function knownValues({ values }: Field): KnownValue[] {
  if (!Array.isArray(values)) return [];
  return values.flatMap(({ of, source = null, evidence = 'documented' }) =>
    of.map((value) => ({ value, evidence, source })),
  );
}

/** All values that a field can have; null where there are others, or nobody says. */
export function closedValues(field: Field): Literal[] | null {
  return Array.isArray(field.values) && field.others !== true ? knownValues(field).map(({ value }) => value) : null;
}

/** What a number or the site's own table decides: none of it is a vendor's word. */
const COMPUTED: ReadonlySet<Derivation['how']> = new Set(['country', 'block', 'range', 'suffix', 'asset']);

/**
 * What may stand in a field, by its name: the values that are known, or `site`, `amount` or `computed` where no vendor says them. A
 * derived field that says nothing of it has the values of the field that it comes from.
 */
export function valuesOf(contract: Contract, name: string): KnownValue[] | 'site' | 'amount' | 'computed' {
  const derived = getOwn(contract.derived, name);
  const field = derived ?? getOwn(contract.fields, name);
  if (field?.values !== undefined) return typeof field.values === 'string' ? field.values : knownValues(field);
  if (derived === undefined) return [];
  if (COMPUTED.has(derived.derive.how)) return 'computed';
  const [from] = [derived.derive.from ?? []].flat();
  return from === undefined ? [] : valuesOf(contract, from);
}

/** What is wrong with the values of a contract's fields: their types, their sources, and what stands twice. */
export function valueMisfits(contract: Contract): Misfit[] {
  return (['fields', 'derived'] as const).flatMap((section) =>
    Object.entries<Field>(contract[section]).flatMap(([name, field]) =>
      fieldMisfits(field, contract, [section, name, 'values']),
    ),
  );
}

function fieldMisfits(field: Field, contract: Contract, path: (string | number)[]): Misfit[] {
  if (!Array.isArray(field.values)) return [];
  const seen = new Set<Literal>();
  return field.values.flatMap((group, at): Misfit[] => {
    const ofValues = group.of.flatMap((value, index): Misfit[] => {
      const wrong = valueMisfit(value, field, seen.has(value));
      seen.add(value);
      return wrong ? [{ path: [...path, at, 'of', index], part: 'value', ...wrong }] : [];
    });
    const ofSource = sourceMisfit(group, contract);
    return [...ofValues, ...(ofSource ? [{ ...ofSource, path: [...path, at, ...ofSource.path] }] : [])];
  });
}

function valueMisfit(value: Literal, { type }: Field, again: boolean): Omit<Misfit, 'path' | 'part'> | null {
  const text = JSON.stringify(value);
  if (again) return { code: 'duplicate-value', message: `${text} stands here already`, hint: 'leave one of them' };
  const fits =
    typeof value === 'string'
      ? type === 'keyword'
      : typeof value === 'boolean'
        ? type === 'boolean'
        : type === 'double' || (type === 'long' && Number.isInteger(value));
  if (fits) return null;
  return {
    code: 'wrong-value',
    message: `${text} is not a ${type}`,
    hint: 'quote text; write numbers, true and false plainly',
  };
}

function sourceMisfit({ source, evidence }: KnownValues, { references, logsource }: Contract): Misfit | null {
  if (source === undefined) {
    if (evidence === 'unverified') return null;
    const message = 'nothing says where these values are documented';
    const hint = "give one of the contract's references as source, or say evidence: unverified";
    return { path: [], part: 'value', code: 'no-source', message, hint };
  }
  const path = ['source'];
  if (source === OWN) {
    if (logsource.product === undefined) return null;
    const message = `the values of a product's log are its vendor's, not the contract's own`;
    return { path, part: 'value', code: 'not-own', message, hint: "give one of the contract's references" };
  }
  if (references.includes(source)) return null;
  const message = `'${source}' is not among the contract's references`;
  return {
    path,
    part: 'value',
    code: 'unknown-reference',
    message,
    hint: `add it there; ${didYouMean(source, references)}`,
  };
}
