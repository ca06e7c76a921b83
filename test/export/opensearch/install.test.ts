import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { opensearch } from '../../../tools/export/opensearch';
import { writeFiles } from '../../../tools/export/write';
import { detection, equals, NOTHING } from '../fixture';
import { runScript, Stub } from '../install-stub';

const MONITORS = '/_plugins/_alerting/monitors';
const BASIC = `Basic ${Buffer.from('name:secret').toString('base64')}`;

describe('the scripts that install the export for OpenSearch', () => {
  let folder: string;
  let stub: Stub;
  let url: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-install-'));
    const bought = { ...detection('bought', equals('action', 'bought')), title: 'What is "bought"' };
    writeFiles(folder, opensearch({ ...NOTHING, rules: [bought] }).files);
    const names = new Map<string, string>();
    stub = new Stub(BASIC, (path, body, kept) => {
      if (path === MONITORS) {
        const id = `monitor-${names.size + 1}`;
        names.set(id, (JSON.parse(body) as { name: string }).name);
        kept.add(`${MONITORS}/${id}`);
        return { code: 200 };
      }
      // Where no monitor ever was, there is no index of them.
      if (names.size === 0) return { code: 404 };
      const { query } = JSON.parse(body) as { query: { term: Record<string, string> } };
      const found = [...names].filter(
        ([id, name]) => kept.has(`${MONITORS}/${id}`) && name === query.term['monitor.name.keyword'],
      );
      return { code: 200, body: JSON.stringify({ hits: { hits: found.map(([id]) => ({ _index: 'x', _id: id })) } }) };
    });
    url = await stub.start();
  });
  afterEach(() => {
    stub.stop();
    rmSync(folder, { recursive: true });
  });

  function run(script: string, more: Record<string, string> = {}): Promise<{ code: number; told: string }> {
    return runScript(folder, script, { OPENSEARCH_URL: url, OPENSEARCH_USER: 'name:secret', ...more });
  }

  it('puts scripts before the monitors that name them, and makes no monitor twice', async () => {
    expect(await run('install.sh')).to.deep.equal({ code: 0, told: '' });
    const kinds = stub.calls.filter((line) => !line.startsWith('GET')).map((line) => line.replace(/[^/]*$/, ''));
    expect([...new Set(kinds)]).to.deep.equal([
      'PUT /_ingest/pipeline/',
      'PUT /_index_template/',
      'PUT /_data_stream/',
      'PUT /_scripts/',
      `POST ${MONITORS}/`,
      'POST /_plugins/_alerting/',
    ]);
    const kept = [...stub.kept];
    expect(kept).to.include.members([`${MONITORS}/monitor-1`, '/_scripts/tollgate-window-map']);
    expect(await run('install.sh')).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal(kept);
  });

  it('takes everything away again, and what was never there', async () => {
    expect(await run('uninstall.sh', { DELETE_DATA: 'yes' })).to.include({ code: 0 });
    await run('install.sh');
    expect(await run('uninstall.sh')).to.include({ code: 0 });
    expect([...stub.kept].filter((path) => /_plugins|_scripts/.test(path))).to.deep.equal([]);
    expect(stub.kept).to.include('/_data_stream/logs-tollgate.shop.log-default');
    expect(await run('uninstall.sh', { DELETE_DATA: 'yes' })).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal([]);
  });

  it('ends at the first call that is refused, and says which', async () => {
    stub.refuses = /^POST .*_search/;
    const { code, told } = await run('install.sh');
    expect(code).to.equal(1);
    expect(told).to.match(/POST .*\/_alerting\/monitors\/_search failed/);
    expect([...stub.kept].some((path) => path.startsWith(MONITORS))).to.equal(false);
    expect(await run('install.sh', { OPENSEARCH_USER: '' })).to.include({ code: 2 });
  });
});
