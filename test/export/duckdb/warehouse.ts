import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf } from '@tollgate/sigma/values/json';
import type { DetectorPlan } from '../../../tools/export/plan/types';
import { tableName } from '../../../tools/export/sql/columns';
import { detectorQuery } from '../../../tools/export/sql/detector';
import { duckdb } from '../../../tools/export/sql/duckdb';
import { loadStatement } from '../../../tools/export/sql/duckdb-load';
import { commonTables, curvePoints, sourceTable } from '../../../tools/export/sql/tables';
import type { Contract } from '../../../tools/telemetry/contract';
import { COUNTRY_PREFIXES } from '../../../tools/telemetry/prefixes';
import { Engine, type Cell } from './engine';

/** A record as a source delivered it, and when. */
export interface Delivered {
  source: string;
  record: Record<string, unknown>;
  ingested: number;
}

/** A row of `run`: see `commonTables`. */
export interface Run {
  since?: number;
  at?: number;
  from?: number;
  to?: number;
}

/** A database with the tables of some sources, filled by the statements of the export. */
export class Warehouse {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tollgate-duckdb-'));

  private constructor(
    readonly engine: Engine,
    private readonly contracts: ReadonlyMap<string, Contract>,
  ) {}

  static async open(contracts: ReadonlyMap<string, Contract>, plans: readonly DetectorPlan[] = []): Promise<Warehouse> {
    const warehouse = new Warehouse(await Engine.open(), contracts);
    const { engine } = warehouse;
    await engine.run(duckdb.setup);
    await engine.run(commonTables(duckdb));
    for (const contract of contracts.values()) await engine.run(sourceTable(duckdb, contract));
    const prefixes = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
      list.split(' ').map((prefix) => `('${prefix}', '${country}')`),
    );
    await engine.run(`INSERT INTO tollgate.prefixes VALUES ${prefixes.join(', ')}`);
    const curves = warehouse.file('curves.csv', curvePoints(plans));
    await engine.run(`COPY tollgate.curves FROM '${curves}' (HEADER)`);
    return warehouse;
  }

  async load(delivered: readonly Delivered[]): Promise<void> {
    for (const source of new Set(delivered.map((one) => one.source))) {
      const own = delivered.filter((one) => one.source === source);
      const lines = own.map(({ record, ingested }) =>
        jsonOf({ ...record, 'event.ingested': new Date(ingested).toISOString() }),
      );
      const path = this.file('records.ndjson', lines.map((line) => `${line}\n`).join(''));
      await this.engine.run(
        `CREATE OR REPLACE TEMP TABLE incoming AS SELECT json AS record FROM read_ndjson_objects('${path}')`,
      );
      await this.engine.run(loadStatement(this.contracts.get(source)!));
    }
  }

  /** Puts what is loaded aside, for `take`. */
  async shelve(): Promise<void> {
    await this.engine.run('CREATE SCHEMA IF NOT EXISTS shelf');
    for (const table of this.tables())
      await this.engine.run(`CREATE OR REPLACE TABLE shelf.${table} AS SELECT * FROM tollgate.${table}`);
  }

  /** Replaces what the tables hold by some of what was put aside: what came in between the first and the last of these. */
  async take(delivered: readonly Delivered[]): Promise<void> {
    await this.empty();
    const times = delivered.map(({ ingested }) => ingested).sort((a, b) => a - b);
    for (const source of new Set(delivered.map((one) => one.source))) {
      const table = tableName(this.contracts.get(source)!);
      const between = `ingested BETWEEN ${times[0]} AND ${times.at(-1)}`;
      await this.engine.run(`INSERT INTO tollgate.${table} SELECT * FROM shelf.${table} WHERE ${between}`);
    }
  }

  async empty(): Promise<void> {
    for (const table of this.tables()) await this.engine.run(`DELETE FROM tollgate.${table}`);
  }

  async find(plan: DetectorPlan, { since = 0, at = 9e15, from, to }: Run = {}): Promise<Record<string, Cell>[]> {
    await this.engine.run('DELETE FROM tollgate.run');
    await this.engine.run(`INSERT INTO tollgate.run VALUES (${since}, ${at}, ${from ?? 'NULL'}, ${to ?? 'NULL'})`);
    return this.engine.rows(detectorQuery(duckdb, plan));
  }

  close(): void {
    this.engine.close();
    rmSync(this.folder, { recursive: true });
  }

  private tables(): string[] {
    return [...this.contracts.values()].map(tableName);
  }

  private file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }
}
