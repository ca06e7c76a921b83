import { expect } from 'chai';
import { convert } from '../../tools/export/elastic/convert';
import { ALERTS } from '../../tools/export/elastic/alerts';
import { loadRules } from '../../tools/detection/rules/load';
import { call, esql, needsEngine } from './esql-engine';

const INDEX = '.internal.alerts-security.alerts-tollgate-test-000001';
const START = Date.parse('2026-08-04T00:00:00Z');
const HOUR = 3_600_000;

/** A rule of incidents/incident.yml, as it is exported. */
function exported(name: string): string {
  const { rules } = loadRules(['incidents']);
  const rule = rules.find((one) => one.name === name)!;
  const content = { rules, queries: [], incidents: [], contracts: new Map([[ALERTS.id, ALERTS]]), acts: new Map() };
  const { rule: made } = convert(rule, content);
  expect(made).to.not.have.property('timestamp_override');
  expect(made.tags).to.not.include('Tollgate');
  return (made as { query: string }).query;
}

describe("the incident as a rule over Kibana's alerts", () => {
  const keyword = { type: 'keyword' };
  const properties = {
    '@timestamp': { type: 'date' },
    'service.id': keyword,
    'kibana.alert.severity': keyword,
    'kibana.alert.rule.tags': keyword,
  };
  /** Hour, asset, level, kinds of sign. */
  const alerts: [number, string, string, string[]][] = [
    [1, 'shop', 'medium', ['volume']],
    [2, 'shop', 'medium', ['volume']],
    [3, 'bank', 'medium', ['volume']],
    [4, 'bank', 'low', ['conversion']],
    [5, 'game', 'high', ['client', 'conversion']],
    [6, 'firm', 'medium', ['volume']],
    [32, 'firm', 'medium', ['conversion']],
    [7, 'city', 'medium', ['volume']],
    [30, 'city', 'high', ['conversion']],
  ];

  before(async function () {
    needsEngine(this);
    await call('DELETE', `/${INDEX}?ignore_unavailable=true`);
    const aliases = { '.alerts-security.alerts-tollgate-test': { is_hidden: true } };
    const body = { settings: { index: { hidden: true } }, aliases, mappings: { dynamic: false, properties } };
    await call('PUT', `/${INDEX}`, JSON.stringify(body));
    const documents = alerts.map(([hour, asset, severity, shows]) => ({
      '@timestamp': new Date(START + hour * HOUR).toISOString(),
      'service.id': asset,
      'kibana.alert.severity': severity,
      'kibana.alert.rule.tags': [
        'Tollgate',
        'Status: test',
        ...shows.map((sign) => `Shows: ${sign}`),
        'Use Case: SMS Pumping',
      ],
    }));
    const others = [{ ...documents[0], 'service.id': 'other', 'kibana.alert.rule.tags': ['Tollgate Incident'] }];
    const lines = [...documents, ...others].map((document) => `{"create":{}}\n${JSON.stringify(document)}\n`);
    await call('POST', `/${INDEX}/_bulk?refresh=true`, lines.join(''), 'application/x-ndjson');
  });
  after(() => (process.env['TOLLGATE_ESQL_URL'] ? call('DELETE', `/${INDEX}?ignore_unavailable=true`) : undefined));

  const assets = async (query: string, now = 0): Promise<unknown[]> =>
    (await esql(query, undefined, now)).map((row) => row['service.id']).sort();

  it('is one of an asset, of what is of level medium or above', async () => {
    const query = exported('tollgate_incident');
    expect(await assets(query)).to.deep.equal(['bank', 'city', 'firm', 'game', 'shop']);
    expect(await assets(query, START + 24 * HOUR), 'what was told is not told again').to.deep.equal(['firm']);
  });

  it('is high where two kinds of sign agree within a day', async () => {
    expect(await assets(exported('tollgate_incident_high'))).to.deep.equal(['city', 'game']);
  });
});
