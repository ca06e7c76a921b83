import { expect } from 'chai';
import type { Expr } from '@tollgate/sigma/rules/plan';
import { panther } from '../../../tools/export/panther';
import { cron, LAG_MS, type LakeSchedule } from '../../../tools/export/panther/lake/schedule';
import { customLogType } from '../../../tools/export/panther/log-type';
import { literal } from '../../../tools/export/panther/python';
import { ruleModule } from '../../../tools/export/panther/streaming';
import { named } from '../../../tools/export/panther/yaml';
import { NotExportable, type ExportResult } from '../../../tools/export/target';
import { placesOf } from '../../../tools/telemetry/shape';
import { SHOP } from '../fixture';
import { oddTexts } from '../odd-texts';
import { pantherRepository, type PantherRepository } from './content';
import { queriesOf, yamlOf } from './files';

describe('the export for Panther', function () {
  this.timeout(120_000);
  let all: PantherRepository;
  let result: ExportResult;
  let rules: { path: string; rule: Record<string, unknown> }[];
  before(() => {
    all = pantherRepository();
    result = panther(all.content);
    rules = [...result.files.keys()]
      .filter((path) => /^rules\/.*\.yml$/.test(path))
      .map((path) => ({ path, rule: yamlOf(result.files, path) }));
  });

  it('writes every detector: of one event as a rule, of several as a query with a rule of its rows', () => {
    expect(result.entries.filter(({ exactness }) => exactness === 'refused')).to.deep.equal([]);
    const kinds = all.plans.map(({ plan }) => (plan.kind === 'events' ? 'rule' : 'scheduled_rule'));
    expect(rules.map(({ rule }) => rule['AnalysisType']).sort()).to.deep.equal(kinds.sort());
    for (const { path, rule } of rules) {
      expect(result.files.has(path.replace(/yml$/, 'py')), path).to.equal(true);
      expect(rule['Enabled'], path).to.equal(false);
      for (const query of (rule['ScheduledQueries'] as string[] | undefined) ?? [])
        expect(yamlOf(result.files, path.replace('rules/', 'queries/'))['QueryName']).to.equal(query);
    }
  });

  it('gives ids and names that Panther takes, each once', () => {
    const names = rules.flatMap(({ rule }) => [rule['RuleID'], rule['DisplayName']] as string[]);
    for (const name of names) expect(name).to.match(/^[^<>&"%]+$/);
    expect(new Set(rules.map(({ rule }) => rule['RuleID'])).size).to.equal(rules.length);
    for (const text of oddTexts(300, 1)) expect(named(text)).to.match(/^[^<>&"%\n]+$/);
  });

  it("has each record of a rule's cases as a test, with some that are found and some that are not", () => {
    for (const { path, rule } of rules.filter((one) => one.rule['AnalysisType'] === 'rule')) {
      const tests = rule['Tests'] as { Name: string; ExpectedResult: boolean; Log: Record<string, unknown> }[];
      expect(new Set(tests.map(({ Name }) => Name)).size, path).to.equal(tests.length);
      expect(new Set(tests.map(({ ExpectedResult }) => ExpectedResult)), path).to.have.keys([true, false]);
      for (const { Log } of tests) expect(rule['LogTypes']).to.include(Log['p_log_type']);
    }
  });

  it('reads in rules no field that the log type does not have', () => {
    const { contracts, shapes } = all.content;
    const places = new Map(
      [...contracts.values()].map((contract) => [
        customLogType(contract),
        [...Object.keys(contract.fields), 'asset.id'],
      ]),
    );
    for (const shape of shapes)
      places.set(shape.index, [
        ...Object.keys(shape.fields).flatMap((field) => placesOf(shape, field).map(({ field: place }) => place)),
        'asset.id',
      ]);
    let read = 0;
    for (const { path, rule } of rules.filter((one) => one.rule['AnalysisType'] === 'rule')) {
      const [type] = rule['LogTypes'] as [string];
      const text = result.files.get(path.replace(/yml$/, 'py'))!;
      for (const [, listed] of text.matchAll(/t\.(?:read|at|exists)\(event, ((?:"[^"]*"(?:, )?)+)\)/g))
        for (const [, place] of listed!.matchAll(/"([^"]*)"/g)) {
          read++;
          expect(
            places.get(type)!.some((known) => known === place || known.startsWith(`${place}.`)),
            `${path}: ${place}`,
          ).to.equal(true);
        }
    }
    expect(read).to.be.greaterThan(50);
  });

  it('reads in queries no table but those of log types and of its lookup tables', () => {
    const { contracts, shapes } = all.content;
    const types = [...[...contracts.values()].map(customLogType), ...shapes.map(({ index }) => index)];
    const tables = new Set(types.map((type) => type.replaceAll('.', '_').toLowerCase()));
    for (const [name, sql] of queriesOf(result.files)) {
      for (const [, table] of sql.matchAll(/panther_logs\.public\.(\w+)/g)) expect(tables, name).to.include(table);
      for (const [, table] of sql.matchAll(/panther_lookups\.public\.(\w+)/g))
        expect(result.files.has(`lookup_tables/${table!}.csv`), name).to.equal(true);
    }
  });

  it('has a schema for each source, with one time and every field of the contract', () => {
    for (const contract of all.content.contracts.values()) {
      const schema = yamlOf(result.files, `schemas/${customLogType(contract)}.yml`);
      expect(schema['schema']).to.match(/^Custom\.[A-Z][A-Za-z0-9]+$/);
      const text = JSON.stringify(schema);
      expect(text.match(/"isEventTime":true/g), contract.id).to.have.length(1);
      for (const field of Object.keys(contract.fields))
        if (!contract.entries?.some((path) => field.startsWith(`${path}.`)))
          expect(text, field).to.include(`"name":"${field.split('.').at(-1)!}"`);
    }
  });

  it("reads the custom log type where Panther's own lacks a field", () => {
    const waf = rules.find(({ path }) => path === 'rules/waf_acfp_volumetric.yml')!;
    expect(waf.rule['LogTypes']).to.deep.equal(['Custom.TollgateAwsWaf']);
    const okta = rules.find(({ path }) => path === 'rules/okta_protection_changed.yml')!;
    expect(okta.rule['LogTypes']).to.deep.equal(['Okta.SystemLog']);
  });

  it('writes constants that are the same text in Python, whose escapes are those of JSON', () => {
    for (const text of oddTexts(300, 2)) {
      expect(JSON.parse(literal(text))).to.equal(text);
      expect(literal(text)).to.match(/^"[^\n\r\0]*"$/);
    }
    expect(literal('\ud800')).to.equal('"\\ud800"');
  });

  it('refuses what Python or Panther has in another way, with the reason', () => {
    const refused = (expr: Expr) => {
      expect(() => ruleModule('any', { op: 'source', contract: SHOP, predicate: expr }, undefined)).to.throw(
        NotExportable,
        /\.$/,
      );
    };
    refused({ op: 'test', test: { kind: 'pattern', field: null, parts: ['a'], cased: false } });
    refused({ op: 'test', test: { kind: 'exists', field: 'time', present: true } });
    refused({ op: 'test', test: { kind: 'time', field: 'time', part: 'hour', op: 'eq', value: 1 } });
    refused({
      op: 'test',
      test: { kind: 'regex', field: 'shop', source: 'a', ignoreCase: false, multiline: false, dotAll: false },
    });
  });

  it('starts queries when cron says so, after what they wait for', () => {
    const MINUTE = 60_000;
    const at = (every: number, offset: number): LakeSchedule => ({
      everyMs: every * MINUTE,
      offsetMs: offset * MINUTE,
      lookbackMs: 0,
    });
    expect(LAG_MS).to.equal(5 * MINUTE);
    expect(cron(at(30, 5))).to.equal('5,35 * * * *');
    expect(cron(at(60, 20))).to.equal('20 * * * *');
    expect(cron(at(360, 65))).to.equal('5 1,7,13,19 * * *');
    expect(cron(at(1440, 125))).to.equal('5 2 * * *');
    for (const every of [1, 7, 90, 2880]) expect(() => cron(at(every, 5)), String(every)).to.throw(NotExportable);
  });
});
