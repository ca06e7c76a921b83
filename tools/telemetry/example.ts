import type { ErrorObject } from 'ajv';
import { compileSchema } from '../foundation/content/schema-compiler';
import { describeErrors } from '../foundation/content/schema-errors';
import type { Contract } from './contract';
import { deriver } from './derive';
import type { Misfit } from '../foundation/content/misfit';
import { formExampleMisfits } from './form-example';
import { eventSchema } from './schema';

/** Where a contract's example, or that of one of its forms, is not a record of its own, or can't be made an event. */
export function exampleMisfits(contract: Contract): Misfit[] {
  const validate = compileSchema(eventSchema(contract));
  if (!validate(contract.example)) {
    return describeErrors((validate.errors ?? []) as ErrorObject[]).map(({ path, part, code, message, hint }) => ({
      path: ['example', ...path],
      part,
      code,
      message: `of the example, ${message}`,
      hint: hint ?? 'change the example, or what the contract says of this field',
    }));
  }
  try {
    deriver(contract)(contract.example, 0);
    return formExampleMisfits(contract);
  } catch (error) {
    const hint = 'give the example a time in the format that the contract names';
    return [{ path: ['example'], part: 'key', code: 'wrong-time', message: (error as Error).message, hint }];
  }
}
