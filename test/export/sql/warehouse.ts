import { jsonOf } from '@tollgate/sigma/values/json';
import type { DetectorPlan } from '../../../tools/export/plan/types';
import { tableName } from '../../../tools/export/sql/columns';
import type { Dialect } from '../../../tools/export/sql/dialect';
import { detectorQuery } from '../../../tools/export/sql/detector';
import { loadStatement } from '../../../tools/export/sql/load';
import {
  askedRun,
  commonTables,
  curvePoints,
  prefixRows,
  sourceTable,
  type AskedRun,
} from '../../../tools/export/sql/tables';
import type { Contract } from '../../../tools/telemetry/contract';
import type { Cell, Engine, Subject } from './engines/engine';

/** A record as a source delivered it, and when. */
export interface Delivered {
  source: string;
  record: Record<string, unknown>;
  ingested: number;
}

/** A database with the tables of some sources, filled by the statements of the export. */
export class Warehouse {
  private constructor(
    readonly dialect: Dialect,
    readonly engine: Engine,
    private readonly contracts: ReadonlyMap<string, Contract>,
  ) {}

  static async open(
    { dialect, open }: Subject,
    contracts: ReadonlyMap<string, Contract>,
    plans: readonly DetectorPlan[] = [],
  ): Promise<Warehouse> {
    const engine = await open();
    await engine.run(dialect.setup);
    await engine.run(commonTables(dialect));
    for (const contract of contracts.values()) await engine.run(sourceTable(dialect, contract));
    await engine.run(prefixRows(dialect));
    await engine.run(curvePoints(dialect, plans));
    return new Warehouse(dialect, engine, contracts);
  }

  async load(delivered: readonly Delivered[]): Promise<void> {
    for (const source of new Set(delivered.map((one) => one.source))) {
      const records = delivered
        .filter((one) => one.source === source)
        .map(({ record, ingested }) => jsonOf({ ...record, 'event.ingested': new Date(ingested).toISOString() }));
      await this.engine.receive(records);
      await this.engine.run(loadStatement(this.dialect, this.contracts.get(source)!));
    }
  }

  /** Puts what is loaded aside, for `take`. */
  async shelve(): Promise<void> {
    for (const table of this.tables()) {
      await this.engine.run(`DROP TABLE IF EXISTS shelf_${table}`);
      await this.engine.run(`CREATE TABLE shelf_${table} AS SELECT * FROM ${this.dialect.relation(table)}`);
    }
  }

  /** Replaces what the tables hold by some of what was put aside: what came in between the first and the last of these. */
  async take(delivered: readonly Delivered[]): Promise<void> {
    await this.empty();
    const times = delivered.map(({ ingested }) => ingested).sort((a, b) => a - b);
    for (const source of new Set(delivered.map((one) => one.source))) {
      const table = tableName(this.contracts.get(source)!);
      const between = `ingested BETWEEN ${times[0]} AND ${times.at(-1)}`;
      await this.engine.run(
        `INSERT INTO ${this.dialect.relation(table)} SELECT * FROM shelf_${table} WHERE ${between}`,
      );
    }
  }

  async empty(): Promise<void> {
    for (const table of this.tables()) await this.clear(table);
  }

  private tables(): string[] {
    return [...this.contracts.values()].map(tableName);
  }

  async clear(table: string): Promise<void> {
    await this.engine.run(this.dialect.clear(this.dialect.relation(table)));
  }

  async ask(run: AskedRun): Promise<void> {
    await this.engine.run(askedRun(this.dialect, run));
  }

  async find(plan: DetectorPlan, run: Partial<AskedRun> = {}): Promise<Record<string, Cell>[]> {
    await this.ask({ since: 0, at: 9e15, ...run });
    return this.engine.rows(`${detectorQuery(this.dialect, plan)}${this.dialect.settings}`);
  }

  async close(): Promise<void> {
    await this.engine.close();
  }
}
