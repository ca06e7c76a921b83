import { Database } from 'node-sqlite3-wasm';
import { sqlite as dialect } from '../../../../tools/export/sql/dialects/sqlite';
import { cellOf, type Engine, type Subject } from './engine';

export const sqlite: Subject = { dialect, open };

function open(): Promise<Engine> {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE incoming (record TEXT)');
  return Promise.resolve({
    pid: process.pid,
    run(script) {
      database.exec(script);
      return Promise.resolve();
    },
    rows(query) {
      const rows = database.all(query);
      return Promise.resolve(
        rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)]))),
      );
    },
    receive(records) {
      database.exec('DELETE FROM incoming');
      const statement = database.prepare('INSERT INTO incoming VALUES (?)');
      for (const record of records) statement.run(record);
      statement.finalize();
      return Promise.resolve();
    },
    close() {
      database.close();
      return Promise.resolve();
    },
  });
}
