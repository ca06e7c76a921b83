import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf } from '../../../tools/export/plan/detector';
import { detectorQuery } from '../../../tools/export/sql/detector';
import { CONTRACTS, NOTHING } from '../fixture';
import { duckdb } from '../sql/engines/duckdb';
import { START } from '../sql/random-events';
import { Warehouse } from '../sql/warehouse';
import { KINDS, PARTS } from './growth-detectors';
import { readGrowth, writeGrowth, type Grown } from './growth-table';
import { forgetPeak, memoryOf } from './memory';

const DAY = 86_400_000;
const GROUPS = [1000, 1, 100_000];
/** More is put on disk. */
const MEMORY_LIMIT = '6GB';

/**
 * Times a detector of each kind in DuckDB over so many records of a day that all match, in so many groups, at a run that looks at all of them; adds to the committed
 * results.
 */
export async function measureGrowth(sizes: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-growth-'));
  try {
    for (const records of sizes)
      for (const groups of GROUPS)
        for (const kind of Object.keys(KINDS)) {
          const grown = await measure(kind, records, groups, folder);
          writeGrowth([...readGrowth(), grown]);
          process.stdout.write(`${JSON.stringify(grown)}\n`);
        }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(kind: string, records: number, groups: number, folder: string): Promise<Grown> {
  const warehouse = await Warehouse.open(duckdb, CONTRACTS);
  const { engine } = warehouse;
  try {
    await engine.run(`SET memory_limit = '${MEMORY_LIMIT}'; SET temp_directory = '${folder}'`);
    await engine.run(`INSERT INTO tollgate."shop_log" (event_id, ts, ingested, action, other, shop, number, price)
SELECT CAST(i AS VARCHAR), ${START} + i * ${DAY} // ${records}, ${START} + i * ${DAY} // ${records}, CASE WHEN i % 2 = 0 THEN 'buy' ELSE 'try' END, 'x',
  's' || (i // 2 % ${groups}), '+1555' || (i * 7919 % 1000003), 0.05 FROM range(${records}) AS r(i)`);
    const detector = KINDS[kind]!;
    const rules = 'kind' in detector ? [...new Set([...PARTS, detector])] : [...PARTS];
    const plan = planOf(detector, { ...NOTHING, rules });
    const query = detectorQuery(warehouse.dialect, plan);
    await warehouse.ask({ since: 0, at: START + DAY });
    forgetPeak(engine.pid);
    const before = memoryOf(engine.pid);
    const began = process.cpuUsage();
    const [{ found } = { found: 0 }] = await engine.rows(`SELECT count(*) AS found FROM (${query})`);
    const { user, system } = process.cpuUsage(began);
    const ms = Math.round((user + system) / 1000);
    const after = memoryOf(engine.pid);
    return {
      kind,
      records,
      groups,
      found: Number(found),
      ms,
      mb: before && after && Math.round((after.peak - before.now) / 1e6),
    };
  } finally {
    await warehouse.close();
  }
}
