import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elastic } from '../../tools/export/elastic';
import { writeFiles } from '../../tools/export/write';
import { CONTRACTS, detection, equals } from './fixture';
import { runScript, Stub } from './install-stub';

describe('the scripts that install the export for Elastic', () => {
  let folder: string;
  let stub: Stub;
  let url: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-install-'));
    const bought = detection('bought', equals('action', 'bought'));
    const content = { rules: [bought], queries: [], incidents: [], contracts: CONTRACTS, acts: new Map() };
    writeFiles(folder, elastic(content).files);
    stub = new Stub('ApiKey secret', (_, __, kept) => {
      kept.add('/api/detection_engine/rules?rule_id=bought');
      return { code: 200 };
    });
    url = await stub.start();
  });
  afterEach(() => {
    stub.stop();
    rmSync(folder, { recursive: true });
  });

  function run(script: string, more: Record<string, string> = {}): Promise<{ code: number; told: string }> {
    return runScript(folder, script, { ELASTICSEARCH_URL: url, KIBANA_URL: url, ELASTIC_API_KEY: 'secret', ...more });
  }

  it('puts pipelines before templates before data streams before rules, and does so again', async () => {
    expect(await run('install.sh')).to.include({ code: 0 });
    const kinds = stub.calls.filter((line) => !line.startsWith('GET')).map((line) => line.replace(/[^/]*$/, ''));
    expect([...new Set(kinds)]).to.deep.equal([
      'PUT /_ingest/pipeline/',
      'PUT /_index_template/',
      'PUT /_data_stream/',
      'POST /api/detection_engine/rules/',
    ]);
    const kept = [...stub.kept];
    expect(kept).to.include('/_data_stream/logs-tollgate.shop.log-default');
    expect(await run('install.sh')).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal(kept);
  });

  it('takes everything away again, and what was never there', async () => {
    await run('install.sh', { NAMESPACE: 'city' });
    expect(await run('uninstall.sh')).to.include({ code: 0 });
    expect([...stub.kept].filter((path) => path.startsWith('/api'))).to.deep.equal([]);
    expect(stub.kept).to.include('/_data_stream/logs-tollgate.shop.log-city');
    expect(await run('uninstall.sh', { NAMESPACE: 'city', DELETE_DATA: 'yes' })).to.include({ code: 0 });
    expect([...stub.kept]).to.deep.equal([]);
    expect(await run('uninstall.sh', { DELETE_DATA: 'yes' })).to.include({ code: 0 });
  });

  it('ends at the first call that is refused, and says which', async () => {
    stub.refuses = /^PUT \/_index_template/;
    const { code, told } = await run('install.sh');
    expect(code).to.equal(1);
    expect(told).to.match(/PUT .*\/_index_template\/logs-tollgate\.shop\.door failed/);
    expect(stub.calls.some((line) => line.startsWith('POST'))).to.equal(false);
    expect(await run('install.sh', { ELASTIC_API_KEY: '' })).to.include({ code: 2 });
  });
});
