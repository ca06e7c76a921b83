import type { DiagnosticCode } from '@tollgate/sigma/diagnostics/diagnostic';
import type { ErrorObject } from 'ajv';
import { jsonOf } from '@tollgate/sigma/values/json';
import { didYouMean } from '@tollgate/sigma/diagnostics/suggest';

/** A schema violation in words, with the path of the node it is about. */
export interface Described {
  path: string[];
  part: 'key' | 'value';
  code: DiagnosticCode;
  message: string;
  hint?: string;
}

/** Puts a validator's errors into words: one for each thing that is wrong, without those of branches that were not meant. */
export function describeErrors(errors: ErrorObject[]): Described[] {
  const described = meant(errors).map(describe);
  const seen = new Set<string>();
  return described.filter((one) => {
    const key = JSON.stringify([one.path, one.code, one.message]);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * A failing `anyOf` or `oneOf` reports every branch. Where a branch got inside the value, its deepest errors say what is
 * wrong; where none did, only the choice itself is reported. `if` merely repeats the errors of its `then`, and the errors of
 * a bad name stand again in its `propertyNames`.
 */
function meant(errors: ErrorObject[]): ErrorObject[] {
  let kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.schemaPath.includes('/contains/')) continue;
    if (error.keyword === 'if' || (error.propertyName !== undefined && error.keyword !== 'propertyNames')) continue;
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      kept.push(error);
      continue;
    }
    const parent = error.schemaPath.slice(0, error.schemaPath.lastIndexOf('/') + 1);
    const isBranch = (other: ErrorObject): boolean =>
      other.instancePath.startsWith(error.instancePath) &&
      (other.schemaPath.startsWith(error.schemaPath) || !other.schemaPath.startsWith(parent));
    const branches = kept.filter(isBranch);
    kept = kept.filter((other) => !isBranch(other));
    const deepest = Math.max(0, ...branches.map(depth));
    if (deepest > depth(error)) kept.push(...branches.filter((other) => depth(other) === deepest));
    else kept.push(error);
  }
  return kept;
}

function depth(error: ErrorObject): number {
  return pathOf(error).length;
}

/** The node that is wrong: for an unknown key the key itself, although the validator names the map that has it. */
function pathOf(error: ErrorObject): string[] {
  const steps = error.instancePath.split('/').slice(1);
  const path = steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const extra = unknownKey(error) ?? (error.keyword === 'propertyNames' ? String(error.params['propertyName']) : null);
  return extra === null ? path : [...path, extra];
}

function unknownKey(error: ErrorObject): string | null {
  if (error.keyword === 'additionalProperties') return String(error.params['additionalProperty']);
  if (error.keyword === 'unevaluatedProperties') return String(error.params['unevaluatedProperty']);
  return null;
}

function describe(error: ErrorObject): Described {
  const path = pathOf(error);
  const name = path.length === 0 ? 'the document' : `'${path.join('.')}'`;
  const schema = (error.parentSchema ?? {}) as {
    description?: string;
    properties?: Record<string, { description?: string }>;
  };
  const params = error.params as Record<string, unknown>;
  const one = (
    code: DiagnosticCode,
    message: string,
    hint: string | undefined,
    part: 'key' | 'value' = 'value',
  ): Described => ({
    path,
    part,
    code,
    message,
    ...(hint && { hint }),
  });
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return one(
        'unknown-key',
        `unknown key ${name}`,
        didYouMean(path.at(-1)!, Object.keys(schema.properties ?? {})),
        'key',
      );
    case 'propertyNames':
      return one(
        'bad-name',
        `${name} is not a valid name here`,
        (error.schema as { description?: string }).description,
        'key',
      );
    case 'required': {
      const missing = String(params['missingProperty']);
      return one('missing-key', `${name} lacks '${missing}'`, schema.properties?.[missing]?.description, 'key');
    }
    case 'type':
      return one(
        'wrong-type',
        `${name} must be ${typeName(params['type'])}, but is ${kindOf(error.data)}`,
        schema.description,
      );
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      return one(
        'wrong-value',
        `${name} is ${show(error.data)}, which is not one of its values`,
        didYouMean(String(error.data), allowed),
      );
    }
    case 'const':
      return one('wrong-value', `${name} must be ${show(params['allowedValue'])}`, schema.description);
    case 'format':
      if (params['format'] === 'date' && /^\d{4}-\d\d-\d\d$/.test(String(error.data)))
        return one(
          'wrong-value',
          `${name} is ${show(error.data)}, a day that the calendar does not have`,
          'correct the month or the day',
        );
      return one(
        'wrong-value',
        `${name} is ${show(error.data)}, which is not of the form it must have`,
        schema.description,
      );
    case 'pattern':
      return one(
        'wrong-value',
        `${name} is ${show(error.data)}, which is not of the form it must have`,
        schema.description,
      );
    case 'not':
      return one('unknown-key', `${name} does not belong here`, schema.description, 'key');
    case 'contains':
      return one('wrong-value', `${name} lacks an entry that it must have`, schema.description);
    case 'anyOf':
    case 'oneOf':
      return one(
        'wrong-value',
        `${name} is ${show(error.data)}, which has none of the forms it can have`,
        schema.description,
      );
    case 'minItems':
      return one('wrong-value', `${name} has fewer than ${String(params['limit'])} entries`, schema.description);
    case 'uniqueItems':
      return one('wrong-value', `${name} has the same entry twice`, 'remove one of the two');
    case 'minLength':
      return one('wrong-value', `${name} is shorter than ${String(params['limit'])} characters`, schema.description);
    case 'maxLength':
      return one('wrong-value', `${name} is longer than ${String(params['limit'])} characters`, schema.description);
    default:
      return one('wrong-value', `${name} ${error.message ?? 'is wrong'}`, schema.description);
  }
}

function typeName(type: unknown): string {
  const words: Record<string, string> = {
    object: 'a map',
    array: 'a list',
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    null: 'empty',
  };
  const types = Array.isArray(type) ? type : String(type).split(',');
  return types.map((one) => words[String(one)] ?? String(one)).join(' or ');
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return show(value);
}

/** A value in a message: short, on one line. */
function show(value: unknown): string {
  const text = value === undefined ? 'empty' : jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
