import { ROOT } from '../root';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { compileSchema } from './schema-compiler';
import { describeErrors } from './schema-errors';
import { misfitDiagnostic } from './misfit';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';

/** `schemas/<name>.schema.json`: one for each kind of YAML file in the repository. */
export const SCHEMA_NAMES = [
  'rule',
  'query',
  'cases',
  'mutants',
  'world',
  'scenario',
  'rate-card',
  'telemetry-contract',
  'index-shape',
  'measurement-plan',
  'attack',
  'stacks',
  'field-evidence',
  'acts',
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** More than anyone reads of one document; a bound on what hostile input makes us print. */
export const MAX_ERRORS = 100;

const validators = new Map<SchemaName, ValidateFunction>();

/** Every violation of the schema in a document, at the place of the offending key or value, with what to do about it. */
export function schemaDiagnostics(name: SchemaName, document: YamlDocument): Diagnostic[] {
  const validate = validator(name);
  if (validate(document.value)) return [];
  // Which errors are meant is found by comparing each with the others.
  return describeErrors((validate.errors ?? []).slice(0, 10 * MAX_ERRORS) as ErrorObject[])
    .slice(0, MAX_ERRORS)
    .map((error) => misfitDiagnostic(document, error));
}

/** Compiled while building (a compile costs 45 ms, loading the compiler as much); compiled here when run from the sources. */
function validator(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known) return known;
  const compiled = compiledPath(name);
  const validate = existsSync(compiled) ? (require(compiled) as ValidateFunction) : compileSchema(readSchema(name));
  validators.set(name, validate);
  return validate;
}

/** Where the build puts a schema's validator; nothing is there beside the sources. */
export function compiledPath(name: SchemaName): string {
  return join(__dirname, 'compiled', `${name}.js`);
}

export function readSchema(name: SchemaName): object {
  const path = join(ROOT, 'schemas', `${name}.schema.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}
