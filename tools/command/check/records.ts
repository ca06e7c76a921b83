import type { ValidateFunction } from 'ajv';
import { compileSchema } from '../../foundation/content/schema-compiler';
import type { Contract } from '../../telemetry/contract';
import { eventSchema } from '../../telemetry/schema';

const validators = new WeakMap<Contract, ValidateFunction>();

/** Decides whether a record is one that the contract's source can write. Compiled once a contract. */
export function recordValidator(contract: Contract): ValidateFunction {
  const known = validators.get(contract);
  if (known) return known;
  const validate = compileSchema(eventSchema(contract));
  validators.set(contract, validate);
  return validate;
}
