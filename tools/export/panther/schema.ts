import type { Contract, Field } from '../../telemetry/contract';
import { customLogType } from './log-type';
import { yaml } from './yaml';

/** A value in Panther's form of schemas (https://docs.panther.com/data-onboarding/custom-log-types/reference). */
interface Value {
  type: string;
  [key: string]: unknown;
}

interface Node {
  field?: Field;
  below: Map<string, Node>;
}

const TYPES = {
  keyword: 'string',
  ip: 'string',
  date: 'string',
  long: 'bigint',
  double: 'float',
  boolean: 'boolean',
} as const;

/** How Panther calls the contracts' forms of time. */
const TIMES = { iso8601: 'rfc3339', epoch_millis: 'unix_ms', sns: '%Y-%m-%d %H:%M:%S.%f' } as const;

/**
 * The schema of a source's records as the vendor writes them: Panther keeps only fields that a schema names. Times but the record's own are texts, and maps with data for
 * keys are JSON.
 */
export function customSchema(contract: Contract): string {
  const root: Node = { below: new Map() };
  for (const [path, field] of Object.entries(contract.fields)) add(root, path, field);
  add(root, 'asset.id', OWN_ASSET);
  return yaml({
    schema: customLogType(contract),
    description: `${contract.title}: ${contract.description}`,
    referenceURL: contract.references[0],
    fields: fieldsOf(root, '', contract),
  });
}

const OWN_ASSET: Field = {
  type: 'keyword',
  meaning: 'The product, where the record itself says it',
  evidence: 'documented',
};

function add(root: Node, path: string, field: Field): void {
  let node = root;
  for (const key of path.split('.')) {
    const next: Node = node.below.get(key) ?? { below: new Map() };
    node.below.set(key, next);
    node = next;
  }
  node.field ??= field;
}

function fieldsOf(node: Node, path: string, contract: Contract): object[] {
  return [...node.below].map(([key, below]) => {
    const own = path === '' ? key : `${path}.${key}`;
    const isTime = own === contract.time.field;
    return {
      name: key,
      ...(isTime && { required: true }),
      ...(below.field && { description: below.field.meaning }),
      ...valueOf(below, own, contract),
    };
  });
}

function valueOf(node: Node, path: string, contract: Contract): Value {
  if (contract.entries?.includes(path)) return { type: 'json' };
  const own =
    node.below.size > 0 ? { type: 'object', fields: fieldsOf(node, path, contract) } : scalar(node, path, contract);
  const isList = contract.objectLists?.includes(path) ?? node.field?.list ?? false;
  return isList || node.field?.list ? { type: 'array', element: own } : own;
}

function scalar({ field }: Node, path: string, { time }: Contract): Value {
  if (path === time.field) return { type: 'timestamp', timeFormats: [TIMES[time.format]], isEventTime: true };
  return { type: TYPES[field!.type], ...(field!.type === 'ip' && { indicators: ['ip'] }) };
}
