import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect } from 'chai';
import { DBT_TARGETS } from '../../../tools/export/targets';
import { writeFiles } from '../../../tools/export/write';
import { correlation, detection, equals, SHOP } from '../fixture';
import { repository } from './detectors';

/** A program `dbt` of a Python with `dbt-duckdb`. */
const DBT = process.env['TOLLGATE_DBT'];

const all = repository();

describe('dbt models', () => {
  const { files } = DBT_TARGETS.get('duckdb')!(all.content);
  const models = new Map(
    [...files].flatMap(([path, text]) => {
      const name = /^dbt\/models\/(?:detectors\/)?(\w+)\.sql$/.exec(path)?.[1];
      return name === undefined ? [] : [[name, text] as const];
    }),
  );

  it('are there for every detector, and refer to models and tables that are there', () => {
    const views = [...files.keys()].filter((path) => path.startsWith('detectors/'));
    expect(models.size).to.equal(views.length + 1);
    const tables = new Set(
      [...files.get('dbt/models/sources.yml')!.matchAll(/^ {6}- name: (\w+)$/gm)].map(([, n]) => n),
    );
    const made = [...files.get('setup.sql')!.matchAll(/(?:TABLE IF NOT EXISTS|VIEW) tollgate\."(\w+)"/g)].map(
      ([, n]) => n,
    );
    expect([...tables].sort()).to.deep.equal(made.sort());
    for (const [name, text] of models) {
      const expressions = [...text.matchAll(/\{[{%#]\s*(.*?)\s*[}%#]\}/g)].map(([, inside]) => inside!);
      for (const expression of expressions) {
        const [, called, table] = /^(source|ref)\('(?:tollgate', ')?(\w+)'\)$/.exec(expression) ?? [];
        if (called === 'source') expect(tables, name).to.include(table);
        else if (called === 'ref') expect(models, name).to.include.keys(table!);
        else
          expect(expression).to.match(
            /^(config\(materialized='(incremental|view)'\)|if is_incremental\(\)|else|endif|this)$/,
          );
      }
    }
  });

  it('are refused where a text is an expression to dbt, and a comment is none', () => {
    const odd = { title: 'Of {{ this }}', description: 'And {% if %}' };
    const bought = detection('bought', equals('action', '{{ x }}'), odd);
    const sold = detection('sold', equals('action', 'sell'), odd);
    const many = correlation('many', { rules: ['sold'], ...odd });
    const contracts = new Map([[SHOP.id, SHOP]]);
    const rules = [bought, sold, many];
    const result = DBT_TARGETS.get('duckdb')!({ ...all.content, rules, queries: [], contracts });
    expect(result.entries.map(({ rule, exactness }) => [rule.id, exactness])).to.deep.equal([
      ['bought', 'refused'],
      ['many', 'exact'],
    ]);
    expect(result.entries[0]!.differences).to.deep.equal([
      "A text holds {{, with which an expression of dbt's templates begins.",
    ]);
    expect(result.files.get('dbt/models/detectors/many.sql'))
      .to.include('-- Of { { this }}')
      .and.include('-- And { % if %}');
  });

  it(`find in dbt what a run finds${DBT ? '' : ' (no TOLLGATE_DBT)'}`, async function () {
    if (!DBT) this.skip();
    this.timeout(3_600_000);
    const folder = mkdtempSync(join(tmpdir(), 'tollgate-dbt-'));
    try {
      writeFiles(folder, files);
      const path = join(folder, 'tollgate.duckdb');
      const wanted = await inDatabase(path, async (run, ask) => {
        await run(files.get('setup.sql')!);
        for (const [view, text] of files) if (view.startsWith('detectors/')) await run(text);
        await run('CREATE TABLE incoming (record JSON)');
        for (const [id, { example }] of all.content.contracts) {
          await run('DELETE FROM incoming');
          await run(`INSERT INTO incoming VALUES ('${JSON.stringify(example).replaceAll("'", "''")}')`);
          await run(files.get(`load/${id}.sql`)!);
        }
        await run(files.get('run.sql')!);
        const told = await ask(`SELECT detector, group_key, started_ms FROM tollgate.alerts WHERE is_new ORDER BY ALL`);
        await run('DELETE FROM tollgate.alerts; DELETE FROM tollgate.runs WHERE number > 1');
        return told;
      });
      expect(wanted).to.not.be.empty;
      const profile = {
        target: 'site',
        outputs: { site: { type: 'duckdb', path, schema: 'tollgate_found', threads: 1 } },
      };
      writeFileSync(join(folder, 'dbt', 'profiles.yml'), JSON.stringify({ tollgate: profile }));
      const build = () =>
        promisify(execFile)(DBT, ['run', '--project-dir', '.', '--profiles-dir', '.'], { cwd: join(folder, 'dbt') });
      const told = () =>
        inDatabase(path, (_, ask) =>
          ask('SELECT detector, group_key, started_ms FROM tollgate_found.tollgate_new ORDER BY ALL'),
        );
      await build();
      expect(await told()).to.deep.equal(wanted);
      await build();
      expect(await told(), 'a second run has nothing new').to.deep.equal([]);
      const runs = await inDatabase(path, (_, ask) => ask('SELECT number, is_done FROM tollgate.runs ORDER BY number'));
      expect(runs.map(([, isDone]) => isDone)).to.deep.equal([false, false, true, false, true]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Uses a database in a file, which nobody else can while it is open. */
async function inDatabase<T>(
  path: string,
  use: (run: (script: string) => Promise<unknown>, ask: (query: string) => Promise<unknown[][]>) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    return await use(
      (script) => connection.run(script),
      async (query) => (await connection.runAndReadAll(query)).getRowsJS(),
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
