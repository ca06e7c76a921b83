import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TARGETS } from '../../../tools/export/targets';
import type { ExportResult } from '../../../tools/export/target';
import { writeFiles } from '../../../tools/export/write';
import { correlation, detection, equals, SHOP, test } from '../fixture';
import { repository, type Repository } from './detectors';
import { Engine } from './engine';

describe('the files of the export for DuckDB', function () {
  this.timeout(120_000);
  let all: Repository;
  let exported: ExportResult;
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-export-'));

  before(() => {
    all = repository();
    exported = TARGETS.duckdb(all.content);
    writeFiles(folder, exported.files);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A file's statements, with the paths of others as they are seen from here. */
  const sql = (path: string): string =>
    exported.files.get(path)!.replaceAll("'lookups/", `'${folder.replaceAll("'", "''")}/lookups/`);

  it('have every detector of the repository, and are the same for the same content', () => {
    for (const { rule, exactness, differences } of exported.entries)
      expect(exactness, `${rule.title}: ${differences.join(' ')}`).to.not.equal('refused');
    expect(exported.entries.map(({ rule }) => rule.id)).to.include.members(all.content.queries.map(({ id }) => id));
    expect([...TARGETS.duckdb(all.content).files]).to.deep.equal([...exported.files]);
    expect(exported.files.get('README.md')).to.include('**executed**');
  });

  it('are installed, loaded, run and removed as their page says', async () => {
    const engine = await Engine.open();
    await engine.run(sql('setup.sql'));
    for (const path of exported.files.get('install.sql')!.matchAll(/^\.read (.*)$/gm)) await engine.run(sql(path[1]!));
    for (const [id, { example }] of all.content.contracts) {
      const record = JSON.stringify(example).replaceAll("'", "''");
      await engine.run(`CREATE OR REPLACE TEMP VIEW incoming AS SELECT CAST('${record}' AS JSON) AS record`);
      await engine.run(sql(`load/${id}.sql`));
    }
    await engine.run(sql('run.sql'));
    const told = await engine.rows('SELECT count(*) AS n, count(DISTINCT run_ms) AS runs FROM tollgate.alerts');
    await engine.run(sql('run.sql'));
    const again = await engine.rows(
      'SELECT count(*) AS n, count(DISTINCT run_ms) AS runs FROM tollgate.alerts WHERE is_new',
    );
    expect(told[0]!['n']).to.be.greaterThan(0);
    expect(again).to.deep.equal(told);
    await engine.run(sql('setup.sql'));
    expect((await engine.rows('SELECT count(*) AS n FROM tollgate.alerts'))[0]!['n']).to.equal(told[0]!['n']);
    await engine.run(sql('remove.sql'));
    expect(await engine.rows("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'tollgate'")).to.deep.equal([]);
    engine.close();
  });

  it('say why a detector is refused, and have nothing of it', () => {
    const keyword = detection('keyword', test({ kind: 'pattern', field: null, parts: ['x'], cased: false }));
    const bought = detection('bought', equals('action', 'buy'));
    const many = correlation('many', {});
    const outer = correlation('outer', { rules: ['many'], groupBy: ['number'], generate: true });
    const rules = [keyword, bought, many, outer];
    const contracts = new Map([...all.content.contracts, ['shop.log', SHOP]]);
    const { entries, files } = TARGETS.duckdb({ ...all.content, rules, queries: [], incidents: [], contracts });
    const reasons = new Map(entries.map(({ rule, differences }) => [rule.id, differences.join(' ')]));
    expect(reasons.get('keyword')).to.match(/Keywords/);
    expect(reasons.get('outer')).to.match(/reads number of the correlation "Rule many"/);
    expect(reasons.get('many')).to.equal('');
    expect([...files.keys()].filter((path) => path.startsWith('detectors/'))).to.deep.equal(['detectors/many.sql']);
    expect(files.get('README.md')).to.include('| Rule keyword | - | refused |');
  });
});
