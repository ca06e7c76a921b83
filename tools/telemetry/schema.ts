import type { Contract, Field, FieldType } from './contract';
import { timePattern } from './time';
import { closedValues } from './values';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };

/** A map of the record: its parts by key. */
interface Branch {
  kind: 'map' | 'objectList' | 'entries';
  parts: Map<string, Branch | Field>;
}

/**
 * The JSON Schema of the vendor's record as it comes, before anything is derived. It is strict: a key that the contract
 * does not document is an error, so that no simulated event can hold what the vendor never logs.
 */
export function eventSchema(contract: Contract): JsonSchema {
  const root: Branch = { kind: 'map', parts: new Map() };
  for (const [path, field] of Object.entries(contract.fields)) place(root, path, field, contract);
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: contract.title, ...mapSchema(root) };
}

function place(root: Branch, path: string, field: Field, contract: Contract): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let branch = root;
  keys.forEach((key, depth) => {
    const at = keys.slice(0, depth + 1).join('.');
    let below = branch.parts.get(key);
    if (!below || !isBranch(below)) {
      const kind = contract.entries?.includes(at)
        ? 'entries'
        : contract.objectLists?.includes(at)
          ? 'objectList'
          : 'map';
      branch.parts.set(key, (below = { kind, parts: new Map() }));
    }
    branch = below;
  });
  // A list of objects is what makes such a field a list; in one object it has one value.
  const inList = branch.kind !== 'map';
  const pattern = path === contract.time.field ? timePattern(contract.time.format) : null;
  branch.parts.set(last, { ...field, ...(inList && { list: false }), ...(pattern && { pattern }) });
}

function branchSchema(branch: Branch): JsonSchema {
  switch (branch.kind) {
    case 'map':
      return orNull(mapSchema(branch), isOptional(branch));
    case 'objectList':
      return orNull({ type: 'array', items: mapSchema(branch) }, isOptional(branch));
    case 'entries': {
      const parts = new Map([...branch.parts].filter(([key]) => key !== 'name'));
      return orNull({ type: 'object', additionalProperties: mapSchema({ kind: 'map', parts }) }, isOptional(branch));
    }
    default:
      return branch.kind satisfies never;
  }
}

function mapSchema(branch: Branch): JsonSchema {
  const parts = [...branch.parts];
  return {
    type: 'object',
    properties: Object.fromEntries(parts.map(([key, part]) => [key, partSchema(part)])),
    required: parts.filter(([, part]) => !isOptional(part)).map(([key]) => key),
    additionalProperties: false,
  };
}

function partSchema(part: Branch | Field): JsonSchema {
  if (isBranch(part)) return branchSchema(part);
  const { pattern } = part as Field & { pattern?: string };
  const values = closedValues(part);
  const one: JsonSchema = { ...typeSchema(part.type), ...(values && { enum: values }), ...(pattern && { pattern }) };
  return orNull(part.list ? { type: 'array', items: one } : one, part.optional === true);
}

function typeSchema(type: FieldType): JsonSchema {
  switch (type) {
    case 'keyword':
      return { type: 'string' };
    case 'ip':
      return { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
    case 'date':
      return { type: 'string', format: 'date-time' };
    case 'long':
      return { type: 'integer' };
    case 'double':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return type satisfies never;
  }
}

function orNull(schema: JsonSchema, optional: boolean): JsonSchema {
  return optional ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** A map may be missing when all that it holds may be. */
function isOptional(part: Branch | Field): boolean {
  return isBranch(part) ? [...part.parts.values()].every(isOptional) : part.optional === true;
}

function isBranch(part: Branch | Field): part is Branch {
  return 'parts' in part;
}
