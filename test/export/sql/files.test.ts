import { expect } from 'chai';
import { TARGETS } from '../../../tools/export/targets';
import type { ExportResult, Target } from '../../../tools/export/target';
import { correlation, detection, equals, SHOP, test } from '../fixture';
import { repository, type Repository } from './detectors';
import { TRIED } from './engines';

for (const { dialect, open } of TRIED)
  describe(`the files of the export for ${dialect.title}`, function () {
    this.timeout(600_000);
    const target: Target = TARGETS[dialect.name as keyof typeof TARGETS];
    let all: Repository;
    let exported: ExportResult;

    before(() => {
      all = repository();
      exported = target(all.content);
    });

    const sql = (path: string): string => exported.files.get(path)!;

    it('have every detector of the repository, and are the same for the same content', () => {
      for (const { rule, exactness, differences } of exported.entries)
        expect(exactness, `${rule.title}: ${differences.join(' ')}`).to.not.equal('refused');
      expect(exported.entries.map(({ rule }) => rule.id)).to.include.members(all.content.queries.map(({ id }) => id));
      expect([...target(all.content).files]).to.deep.equal([...exported.files]);
      expect(exported.files.get('README.md')).to.match(/\*\*executed( on demand)?\*\*/);
    });

    it('are installed, loaded, run and removed as their page says', async () => {
      const engine = await open();
      const alerts = dialect.relation('alerts');
      const told = async (where = '') => {
        const found = `SELECT count(*) AS n, count(DISTINCT run_ms) AS runs FROM ${alerts}${where}`;
        return (await engine.rows(found))[0]!;
      };
      await engine.run(sql('setup.sql'));
      for (const [path, text] of exported.files) if (path.startsWith('detectors/')) await engine.run(text);
      for (const [id, { example }] of all.content.contracts) {
        await engine.receive([JSON.stringify(example)]);
        await engine.run(sql(`load/${id}.sql`));
      }
      await engine.run(sql('run.sql'));
      const first = await told();
      expect(first['n']).to.be.greaterThan(0);
      await engine.run(sql('run.sql'));
      expect(await told(' WHERE is_new'), 'a second run has nothing new').to.deep.equal(first);
      await engine.run(sql('setup.sql'));
      expect(await told(), 'what was told is kept').to.deep.equal(first);
      await engine.run(sql('remove.sql'));
      const [error] = await told().then(
        () => [],
        (reason: unknown) => [reason],
      );
      expect(String(error)).to.match(/alerts/);
      await engine.close();
    });

    it('say why a detector is refused, and have nothing of it', () => {
      const keyword = detection('keyword', test({ kind: 'pattern', field: null, parts: ['x'], cased: false }));
      const bought = detection('bought', equals('action', 'buy'));
      const many = correlation('many', {});
      const outer = correlation('outer', { rules: ['many'], groupBy: ['number'], generate: true });
      const rules = [keyword, bought, many, outer];
      const contracts = new Map([...all.content.contracts, ['shop.log', SHOP]]);
      const { entries, files } = target({ ...all.content, rules, queries: [], incidents: [], contracts });
      const reasons = new Map(entries.map(({ rule, differences }) => [rule.id, differences.join(' ')]));
      expect(reasons.get('keyword')).to.match(/Keywords/);
      expect(reasons.get('outer')).to.match(/reads number of the correlation "Rule many"/);
      expect(reasons.get('many')).to.equal('');
      expect([...files.keys()].filter((path) => path.startsWith('detectors/'))).to.deep.equal(['detectors/many.sql']);
      expect(files.get('README.md')).to.include('| Rule keyword | - | refused |');
    });
  });
