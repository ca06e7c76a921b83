import { PGlite } from '@electric-sql/pglite';
import { postgresql as dialect } from '../../../../tools/export/sql/dialects/postgresql';
import { cellOf, type Engine, type Subject } from './engine';

export const postgresql: Subject = { dialect, open };

async function open(): Promise<Engine> {
  const database = await PGlite.create();
  await database.exec('CREATE TEMP TABLE incoming (record text)');
  return {
    pid: process.pid,
    async run(script) {
      await database.exec(script);
    },
    async rows(query) {
      const { rows } = await database.query<Record<string, unknown>>(query);
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
    },
    async receive(records) {
      await database.exec('DELETE FROM incoming');
      await database.query('INSERT INTO incoming SELECT jsonb_array_elements_text($1::jsonb)', [
        JSON.stringify(records),
      ]);
    },
    async close() {
      await database.close();
    },
  };
}
