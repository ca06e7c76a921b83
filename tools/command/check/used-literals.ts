import { compilePredicate } from '@tollgate/sigma/memory/predicate';
import { lowerItem } from '@tollgate/sigma/rules/item';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { Contract, Evidence } from '../../telemetry/contract';
import { contractFor } from '../../telemetry/logsource';
import { valuesOf, type KnownValue } from '../../telemetry/values';
import { detectionItems, type DetectionItem } from './detection-items';

/** A value with which a rule, filter or query compares a field, where a vendor decides what stands there. */
export interface UsedLiteral {
  contract: Contract;
  field: string;
  /** As the selection has them. */
  modifiers: string[];
  value: unknown;
  path: (string | number)[];
  /** The values of the contract that it finds; none where it has no source. */
  known: KnownValue[];
}

/** Comparisons that hold no word of the vendor's: of structure, of time, with a site's network or with another field. */
const STRUCTURE = new Set([
  ...['exists', 'cidr', 'fieldref', 'expand'],
  ...['minute', 'hour', 'day', 'week', 'month', 'year'],
]);
const THRESHOLDS = new Set(['lt', 'lte', 'gt', 'gte']);

/**
 * The literals of a document's selections that need a source. Others are exempt: `null` and the empty text, what is compared by structure, what the
 * contract calls the site's own or an amount, and what is computed from a number or the site's table.
 */
export function literalsOf(document: YamlDocument, contracts: ReadonlyMap<string, Contract>): UsedLiteral[] {
  if (!isMap(document.value)) return [];
  const { source, logsource, detection, filter } = document.value;
  const contract = isMap(logsource)
    ? contractFor(logsource, contracts.values())
    : typeof source === 'string'
      ? contracts.get(source)
      : undefined;
  if (!contract) return [];
  const items = [...detectionItems(detection, 'detection'), ...detectionItems(filter, 'filter')];
  return items.flatMap((item) => {
    const values = valuesOf(contract, item.field);
    if (!Array.isArray(values) || item.modifiers.some((modifier) => STRUCTURE.has(modifier))) return [];
    return item.values
      .filter(({ value }) => value !== null && !isLoose(value, item))
      .map(({ value, path }) => ({
        contract,
        field: item.field,
        modifiers: item.modifiers,
        value,
        path,
        known: found(value, path, item, values, document),
      }));
  });
}

/** How well a literal is known: as the best of the values that it finds. */
export function standing({ known }: UsedLiteral): Evidence {
  return (
    (['documented', 'third_party'] as const).find((evidence) => known.some((one) => one.evidence === evidence)) ??
    'unverified'
  );
}

/** Wildcards alone, and a regular expression without a word in it, say how a value is built, not what it is. */
function isLoose(value: unknown, { modifiers }: DetectionItem): boolean {
  if (!modifiers.includes('re')) return typeof value === 'string' && /^[*?]*$/.test(value);
  const bare = String(value).replace(/\\.|\[[^[\]]*\]|\(\?[^:()]*:?|\{[\d,]*\}/gs, ' ');
  return !/[a-z]{3}|\d{3}/i.test(bare);
}

/** A threshold is a value that the vendor names; anything else finds what the engine finds with it. */
function found(
  value: unknown,
  path: (string | number)[],
  { modifiers }: DetectionItem,
  values: KnownValue[],
  document: YamlDocument,
): KnownValue[] {
  if (modifiers.some((modifier) => THRESHOLDS.has(modifier))) return values.filter((one) => one.value === value);
  // What is excluded is a value like what is sought.
  const key = ['value', ...modifiers.filter((modifier) => modifier !== 'neq' && modifier !== 'all')].join('|');
  const expr = lowerItem(key, value, path, {}, new Reporter(document));
  if (expr === null) return [];
  const matches = compilePredicate({ expr, fields: ['value'] });
  return values.filter((one) => matches({ value: one.value }));
}
