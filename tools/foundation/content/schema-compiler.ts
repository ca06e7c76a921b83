import type { ValidateFunction } from 'ajv';
import type Ajv from 'ajv/dist/2020';
import type { Options } from 'ajv/dist/2020';

/** All errors at once, each with the schema it violates: `schema-errors.ts` makes hints of its description. */
function ajv(options: Options): Ajv {
  // Loaded when a schema is compiled, since that takes 40 ms, and most commands run on compiled ones.
  const { Ajv2020 } = require('ajv/dist/2020') as typeof import('ajv/dist/2020');
  const addFormats = (require('ajv-formats') as typeof import('ajv-formats')).default;
  const instance = new Ajv2020({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    ...options,
  });
  addFormats(instance);
  return instance;
}

/**
 * Compiles a JSON Schema (draft 2020-12) in this process. Neither checks it against the meta-schema nor optimises the
 * code, which would take five times as long as the rest and gain nothing on a few thousand records.
 */
export function compileSchema(schema: object): ValidateFunction {
  return ajv({ validateSchema: false, code: { optimize: false } }).compile(schema);
}

/** The source of a CommonJS module that exports the schema's validator. Throws when the schema itself is wrong. */
export function schemaModule(schema: object): string {
  const standalone = (require('ajv/dist/standalone') as typeof import('ajv/dist/standalone')).default;
  const instance = ajv({ code: { source: true, lines: true } });
  return standalone(instance, instance.compile(schema));
}
