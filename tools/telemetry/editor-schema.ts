import { fieldsOf, type Contract } from './contract';
import { valuesOf } from './values';

/** The ending of the schemas by which an editor completes the fields of a source. */
export const EDITOR_SCHEMA = '.schema.json';

/**
 * A JSON Schema a source, by its file name: what a rule or query on it must be, and its fields with their meaning and values for an
 * editor to offer. It refuses no field, since a key may have modifiers: `tollgate validate` does.
 */
export function editorSchemas(contracts: ReadonlyMap<string, Contract>): Map<string, string> {
  return new Map([...contracts.values()].map((contract) => [`${contract.id}${EDITOR_SCHEMA}`, schemaText(contract)]));
}

const SELECTION = { $ref: '#/$defs/selection' };
const NAMES = { $ref: '#/$defs/names' };

function schemaText(contract: Contract): string {
  const fields = Object.entries(fieldsOf(contract)).map(([name, { meaning }]) => {
    const values = valuesOf(contract, name);
    const examples = typeof values === 'string' ? [] : values.map(({ value }) => value);
    return [name, { description: meaning, ...(examples.length > 0 && { examples }) }];
  });
  const selection = { type: 'object', properties: Object.fromEntries(fields) as object };
  const names = { anyOf: [{ enum: fields.map(([name]) => name) }, {}] };
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Rules and queries on ${contract.title}`,
    if: { required: ['source'] },
    then: { $ref: '../query.schema.json' },
    else: { $ref: '../rule.schema.json' },
    properties: {
      detection: { additionalProperties: { anyOf: [SELECTION, { type: 'array', items: SELECTION }, {}] } },
      'group-by': { items: NAMES },
      correlation: { properties: { 'group-by': { items: NAMES }, condition: { properties: { field: NAMES } } } },
    },
    $defs: { selection, names },
  };
  return `${JSON.stringify(schema, null, 1)}\n`;
}
