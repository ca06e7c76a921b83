import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { TARGETS } from '../../../tools/export/targets';
import { Bucket } from './bucket';
import { repository } from './detectors';
import { duckdb } from './engines/duckdb';
import type { Cell, Engine } from './engines/engine';

/** DuckDB's extension for S3: the path of a file, or the name under which DuckDB installs it from its own repository. */
const HTTPFS = process.env['TOLLGATE_HTTPFS'];

const SOURCE = 'application.otp';
const TABLE = 'tollgate."application_otp"';

describe('records that lie in files, for DuckDB', () => {
  const all = repository();
  const { files } = TARGETS.duckdb(all.content);
  const records = Array.from({ length: 5 }, (_, second): Record<string, unknown> => {
    const time = new Date(Date.UTC(2026, 0, 5, 0, 0, second)).toISOString();
    return { ...all.content.contracts.get(SOURCE)!.example, timestamp: time, 'event.ingested': time };
  });
  /** The views that the export's page has for NDJSON, for Parquet, and for Parquet with timestamps. */
  const [ndjson, parquet, timestamps] = files.get('README.md')!.match(/^CREATE OR REPLACE TEMP VIEW incoming .*$/gm)!;

  let folder: string;
  let engine: Engine;
  let wanted: Record<string, Cell>[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-storage-'));
    mkdirSync(join(folder, 'otp'));
    engine = await duckdb.open();
    await engine.run(files.get('setup.sql')!);
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    writeFileSync(join(folder, 'records.ndjson'), lines);
    writeFileSync(join(folder, 'otp', 'a.ndjson.gz'), gzipSync(lines));
    await engine.receive(records.map((record) => JSON.stringify(record)));
    await engine.run(files.get(`load/${SOURCE}.sql`)!);
    wanted = await loaded();
    expect(wanted).to.have.length(records.length);
    await engine.run('DROP TABLE incoming');
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  /** What the table holds, but for the keys of rows; empties it. */
  async function loaded(): Promise<Record<string, Cell>[]> {
    const rows = await engine.rows(`SELECT * EXCLUDE event_id FROM ${TABLE} ORDER BY ts`);
    await engine.run(`DELETE FROM ${TABLE}`);
    return rows;
  }

  async function loads(view: string, from: string): Promise<void> {
    await engine.run(view.replace("'otp/", `'${from}/otp/`));
    await engine.run(files.get(`load/${SOURCE}.sql`)!);
    expect(await loaded()).to.deep.equal(wanted);
  }

  /** Two files of Parquet, whose times are texts or timestamps. */
  async function writeParquet(time: string): Promise<void> {
    const read = `read_json('${folder}/records.ndjson', auto_detect = true, dateformat = '%Y', timestampformat = '%Y')`;
    for (const [name, where] of Object.entries({ a: '< 2', b: '>= 2' }))
      await engine.run(
        `COPY (SELECT * REPLACE (${time} AS timestamp) FROM ${read} WHERE second(timestamp::TIMESTAMP) ${where}) TO '${folder}/otp/${name}.parquet'`,
      );
  }

  it('are loaded from NDJSON that is compressed', () => loads(ndjson!, folder));

  it('are loaded from Parquet', async () => {
    await writeParquet('timestamp');
    await loads(parquet!, folder);
  });

  it('are loaded from Parquet with timestamps', async () => {
    await writeParquet('timestamp::TIMESTAMP');
    await loads(timestamps!, folder);
  });

  it(`are loaded from S3${HTTPFS ? '' : ' (no TOLLGATE_HTTPFS)'}`, async function () {
    if (!HTTPFS) this.skip();
    await engine.run(HTTPFS.includes('/') ? `LOAD '${HTTPFS}'` : `INSTALL ${HTTPFS}; LOAD ${HTTPFS}`);
    await writeParquet('timestamp');
    const objects = readdirSync(join(folder, 'otp')).map(
      (name) => [`otp/${name}`, readFileSync(join(folder, 'otp', name))] as const,
    );
    const bucket = await Bucket.open('logs', new Map(objects));
    try {
      await engine.run(
        `CREATE SECRET (TYPE s3, KEY_ID 'key', SECRET 'secret', ENDPOINT '${bucket.endpoint}', USE_SSL false, URL_STYLE 'path')`,
      );
      await loads(parquet!, 's3://logs');
      await loads(ndjson!, 's3://logs');
      expect([...bucket.read].sort()).to.deep.equal(['otp/a.ndjson.gz', 'otp/a.parquet', 'otp/b.parquet']);
    } finally {
      bucket.close();
    }
  });
});
