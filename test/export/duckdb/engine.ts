import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** What a column of an answer holds, with whole numbers as doubles. */
export type Cell = string | number | boolean | null;

/** A database in memory. */
export class Engine {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
  ) {}

  static async open(): Promise<Engine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    return new Engine(instance, await instance.connect());
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  async rows(sql: string): Promise<Record<string, Cell>[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])));
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

function cellOf(value: unknown): Cell {
  return typeof value === 'bigint' ? Number(value) : (value as Cell);
}
