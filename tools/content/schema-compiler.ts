import Ajv, { type Options } from 'ajv/dist/2020';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import standalone from 'ajv/dist/standalone';

/** All errors at once, each with the schema it violates: `schema-errors.ts` makes hints of its description. */
function ajv(options: Options): Ajv {
  const instance = new Ajv({
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
  const instance = ajv({ code: { source: true, lines: true } });
  return standalone(instance, instance.compile(schema));
}
