import type { ErrorObject } from 'ajv';
import { parse } from 'csv-parse/sync';
import type { Event } from '@tollgate/sigma/values/event';
import { Failure } from '../foundation/content/failure';
import { isMap } from '@tollgate/sigma/values/map';
import type { Misfit } from '../foundation/content/misfit';
import { compileSchema } from '../foundation/content/schema-compiler';
import { describeErrors } from '../foundation/content/schema-errors';
import { columnsReader } from '../foundation/ndjson/columns';
import type { Contract, Form } from './contract';
import { deriver } from './derive';
import { lackedBy } from './form';
import { Normaliser } from './normalise';
import { eventSchema } from './schema';

/** Where the example of a form is not of the form, or is no record of the contract, but for what the form lacks. */
export function formExampleMisfits(contract: Contract): Misfit[] {
  return Object.entries(contract.forms ?? {}).flatMap(([id, form]): Misfit[] => {
    const path = ['forms', id, 'example'];
    if (form.skip) return [];
    const wrong = (message: string): Misfit[] => [
      { path, part: 'key', code: 'wrong-example', message, hint: 'change the example, or what the form says' },
    ];
    try {
      const delivered = form.example === undefined ? contract.example : deliveredOf(form, form.example);
      if (delivered === null) return wrong('the example holds no record');
      const made = new Normaliser([contract]).translate(delivered);
      if (made.form !== id) return wrong(`the example is of the form '${made.form}', not '${id}'`);
      if (made.records.length === 0) return wrong('the example gives no event');
      const derive = deriver(contract);
      const validate = compileSchema(eventSchema(lenient(contract, form)));
      return made.records.flatMap((record) => {
        derive(record, 0);
        if (validate(record)) return [];
        const found = describeErrors((validate.errors ?? []) as ErrorObject[]);
        return wrong(
          `of the record that is made of the example, ${found.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; ')}`,
        );
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return wrong(error.message);
    }
  });
}

function lenient(contract: Contract, form: Form): Contract {
  const lacked = new Set(lackedBy(form, contract));
  const fields = Object.entries(contract.fields).map(([name, field]) => [
    name,
    lacked.has(name) ? { ...field, optional: true } : field,
  ]);
  return { ...contract, fields: Object.fromEntries(fields) as Contract['fields'] };
}

/** What a form's example is once its lines are read; `null` where there is nothing in it. */
export function deliveredOf({ layout, columns }: Form, example: Form['example'] & {}): Event | null {
  if (typeof example !== 'string') return example;
  if (layout === 'csv') {
    const [row] = parse(example, { columns: true, skip_empty_lines: true }) as unknown[];
    return isMap(row) ? Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')) : null;
  }
  const read = columnsReader(columns ?? [], layout === 'w3c');
  for (const line of example.split('\n')) {
    const bytes = Buffer.from(line);
    const event = read(bytes, 0, bytes.length);
    if (event !== null) return event;
  }
  return null;
}
