import { DuckDBInstance } from '@duckdb/node-api';
import { duckdb as dialect } from '../../../../tools/export/sql/dialects/duckdb';
import { cellOf, type Engine, type Subject } from './engine';

export const duckdb: Subject = { dialect, open };

async function open(): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('CREATE TABLE incoming (record JSON)');
  return {
    pid: process.pid,
    async run(script) {
      await connection.run(script);
    },
    async rows(query) {
      const reader = await connection.runAndReadAll(query);
      return reader
        .getRowObjectsJS()
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
    },
    async receive(records) {
      await connection.run('DELETE FROM incoming');
      const appender = await connection.createAppender('incoming');
      for (const record of records) {
        appender.appendVarchar(record);
        appender.endRow();
      }
      appender.closeSync();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
}
