import { expect } from 'chai';
import { newRecords, ORIGIN } from '../../../tools/export/aws/load';
import { formsOf, type SourceForm } from '../../../tools/export/aws/form';
import { rawColumns } from '../../../tools/export/aws/raw-columns';
import { columnsOf, tableName } from '../../../tools/export/sql/columns';
import { trino } from '../../../tools/export/sql/dialects/trino';
import { ALERTS, ASSETS, commonTable, CURVES, PREFIXES, sourceTable } from '../../../tools/export/sql/tables';
import { ON_DEMAND } from '../sql/engines';
import type { Engine } from '../sql/engines/engine';
import { awsContent, awsExport } from './content';
import { fill } from './filled';
import { rowOf, wholeRecord } from './rows';

/** Columns of Security Lake that are maps. */
const MAPS = ['unmapped'];

describe("the statements for Athena, in Trino's testing server", function () {
  this.timeout(1_800_000);
  let engine: Engine;
  const content = awsContent();
  const forms = formsOf(content);
  const statement = (path: string) => fill(awsExport().files.get(path)!);

  before(async function () {
    const subject = ON_DEMAND.find(({ dialect }) => dialect.name === 'trino');
    if (!subject || !process.env['TOLLGATE_TRINO_CLASSPATH']) return this.skip();
    engine = await subject.open();
    await engine.rows('CREATE SCHEMA tollgate_raw');
    for (const name of [ALERTS, ASSETS, CURVES, PREFIXES]) await engine.run(commonTable(trino, name));
    for (const contract of content.contracts.values())
      await engine.run(sourceTable(trino, contract, [[ORIGIN, 'varchar']]));
  });
  after(() => (engine as Engine | undefined)?.close());

  for (const form of forms)
    if (form.shape !== undefined)
      it(`read of ${form.name} the record that is in it`, async () => {
        await rawTable(form);
        const rows = await engine.rows(inMemory(await fill(newRecords(form))));
        expect(rows).to.have.length(1);
        const got = JSON.parse(String(rows[0]!['record'])) as Record<string, unknown>;
        const record = wholeRecord(form.contract);
        const { lacks, fields } = form.shape!;
        const lists = form.contract.objectLists ?? [];
        for (const field of Object.keys(fields)) {
          if (lists.some((path) => field.startsWith(`${path}.`))) continue;
          const wanted = at(record, field);
          if (wanted === null) expect(got, field).to.not.have.property(field);
          else expect(texts(time(got[field])), field).to.deep.equal(texts(time(wanted)));
        }
        for (const path of lists.filter((one) => !lists.some((other) => one.startsWith(`${other}.`)))) {
          const kept = without(at(record, path), path, Object.keys(lacks));
          if (form.shape!.lists?.[path] !== undefined) expect(texts(got[path]), path).to.deep.equal(texts(kept));
        }
      });

  it('load a record once, from its own form as from a line', async () => {
    const of = (name: string) => forms.find((form) => form.name === name)!;
    const [native] = await loaded(of('athena__aws_sns'));
    expect(await loaded(of('athena__aws_sns'), false), 'a second time').to.have.length(1);
    const [line] = await loaded(of('lines__aws_sns'));
    for (const { field, name } of columnsOf(of('lines__aws_sns').contract).values())
      expect(native![name], field).to.deep.equal(line![name]);
    expect(native!['ts']).to.equal(line!['ts']).and.be.greaterThan(0);
  });

  it('are what Trino takes: each detector, and each load of lines', async () => {
    for (const { name, shape, contract } of forms) if (!shape) await rawTable({ name, shape, contract });
    const paths = [...awsExport().files.keys()].filter((path) =>
      /^statements\/(detectors\/|load\/lines__).*\.sql$/.test(path),
    );
    for (const path of paths) await engine.rows(`EXPLAIN (TYPE VALIDATE) ${inMemory(await statement(path))}`);
    expect(paths.length).to.be.greaterThan(200);
  });

  /** What is in the table of a source after its record has been loaded from a form, or loaded once more. */
  async function loaded(form: SourceForm, anew = true): Promise<Record<string, unknown>[]> {
    const table = trino.relation(tableName(form.contract));
    if (anew) {
      await engine.rows(`TRUNCATE TABLE ${table}`);
      await rawTable(form);
    }
    await engine.rows(inMemory(await statement(`statements/load/${form.name}.sql`)));
    return engine.rows(`SELECT * FROM ${table}`);
  }

  /** The table of a form, with one record in it. */
  async function rawTable({ contract, shape, name }: SourceForm): Promise<void> {
    const record = wholeRecord(contract);
    const table = `tollgate_raw.${trino.identifier(name)}`;
    await engine.rows(`DROP TABLE IF EXISTS ${table}`);
    const part = shape?.partition?.format === 'timestamp' ? "TIMESTAMP '2030-01-01 00:00:00'" : "'2030/01/01/00'";
    const column = trino.identifier(shape?.partition?.column ?? 'datehour');
    if (!shape) {
      await engine.rows(
        `CREATE TABLE ${table} AS SELECT ${trino.text(JSON.stringify(record))} AS record, ${part} AS ${column}`,
      );
      return;
    }
    const row = { ...rowOf(contract, shape, record as never, MAPS), ...envelope(shape.only) };
    const epoch = contract.time.format === 'iso8601' && shape.platform === 'security-lake';
    if (epoch) Object.assign(row, { time: Date.parse(String(record[contract.time.field])) });
    const columns = rawColumns(shape).map(
      ({ Name, Type }) =>
        `${trino.identifier(Name)} ${MAPS.includes(Name) ? 'map(varchar, varchar)' : trinoType(Type)}`,
    );
    const json = trino.text(JSON.stringify(row));
    const names = rawColumns(shape).map(({ Name }) => `r.${trino.identifier(Name)}`);
    await engine.rows(
      `CREATE TABLE ${table} AS SELECT ${[...names, `${part} AS ${column}`].join(', ')} FROM (SELECT CAST(json_parse(${json}) AS row(${columns.join(', ')})) AS r) AS x`,
    );
  }
});

/** A time as milliseconds: forms write it in several ways. */
function time(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}

/** All scalars as texts: a column may be one where the record has a number. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value !== 'object' || value === null) return String(value as string);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, texts(one)])
      .sort(),
  );
}

/** A list of objects without the fields that a form lacks. */
function without(value: unknown, path: string, lacks: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => without(one, path, lacks));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !lacks.includes(`${path}.${key}`));
  return Object.fromEntries(kept.map(([key, one]) => [key, without(one, `${path}.${key}`, lacks)]));
}

function at(record: Record<string, unknown>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], record);
}

function envelope(only: Record<string, string[] | true> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(only).map(([name, wanted]) => [name, wanted === true ? 'x' : wanted[0]!]));
}

/** The connector for memory has no files. */
function inMemory(statement: string): string {
  return statement.replaceAll('i."$path"', "'s3://bucket/file'");
}

function trinoType(type: string): string {
  const list = /^array<(.*)>$/.exec(type);
  if (list) return `array(${trinoType(list[1]!)})`;
  const struct = /^struct<(.*)>$/.exec(type);
  if (!struct) return type === 'string' ? 'varchar' : type;
  const parts = members(struct[1]!).map((part) => {
    const colon = part.indexOf(':');
    return `${trino.identifier(part.slice(0, colon))} ${trinoType(part.slice(colon + 1))}`;
  });
  return `row(${parts.join(', ')})`;
}

/** The parts of a struct, by the commas that stand in no other. */
function members(text: string): string[] {
  const found = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '<') depth++;
    if (letter === '>') depth--;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found;
}
