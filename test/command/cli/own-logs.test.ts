import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnReport } from '../../../tools/evidence/own-logs/result';
import { queued, run } from '../../evidence/own-logs/logs';
import { tollgate } from './run';

const BARE = `
title: Bare
logsource: {product: twilio, service: messaging}
detection:
  sel: {type: com.twilio.messaging.message.queued}
  condition: sel
`;
const REST = `
title: Half
correlation:
  type: event_count
  rules: [nobody]
  group-by: [asset.id]
  timespan: 1h
  condition: {gte: 2}
---
title: Elsewhere
logsource: {product: windows, service: security}
detection:
  sel: {EventID: 1}
  condition: sel
---
title: Broken
logsource: {product: twilio, service: messaging}
detection:
  sel: {type|nonsense: x}
  condition: sel
`;

describe("tollgate replay on one's own logs", () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const records = [...run(0, 60, '+9940001'), queued(600, '+491510000000')];
  const log = write('log.ndjson', records.map(({ record }) => `${JSON.stringify(record)}\n`).join(''));

  it('runs bare rules, says why others do not run, and ends with 1 for those with errors', () => {
    const rules = write('rules.yml', `${BARE}---${REST}`);
    const { code, stdout } = tollgate('replay', rules, '--events', log, '--format', 'json');
    const report = JSON.parse(stdout) as OwnReport;
    expect(report.rules.map(({ name, matched }) => [name, matched])).to.deep.equal([['Bare', 61]]);
    const reasons = Object.fromEntries(report.notRun.map(({ name, reason }) => [name, reason]));
    expect(Object.keys(reasons).sort()).to.deep.equal(['Broken', 'Elsewhere', 'Half']);
    expect(reasons['Elsewhere']).to.include('no telemetry contract');
    expect(reasons['Half']).to.include('nobody');
    expect(code).to.equal(1);
  });

  it('ends with 0 where all was read and an incident was caught, and writes every format', () => {
    const rule = 'rules/twilio/twilio_message_block_burst.yml';
    const out = join(folder, 'out');
    const incident = ['--incident', '2026-08-03T00:00Z/PT1H'];
    const { code, stdout, stderr } = tollgate('replay', rule, '--events', log, ...incident, '--out', out);
    expect(stderr).to.equal('');
    expect(code).to.equal(0);
    expect(stdout).to.include('caught after');
    for (const ending of ['txt', 'json', 'md', 'xml'])
      expect(readFileSync(join(out, `own-logs.${ending}`), 'utf8')).to.include('twilio.messaging');
  });

  it('takes all records for those of the asset that is named', () => {
    const rule = 'rules/twilio/twilio_message_block_burst.yml';
    const groups = (...more: string[]): unknown[] => {
      const { stdout } = tollgate('replay', rule, '--events', log, '--format', 'json', ...more);
      return (JSON.parse(stdout) as OwnReport).rules.flatMap(({ alerts }) =>
        alerts.map(({ group }) => group['asset.id']),
      );
    };
    expect(groups('--asset-id', 'shop')).to.deep.equal(['shop']);
    expect(groups()).to.have.length(1).and.not.include('shop');
  });

  it('ends with 1 where an incident was missed', () => {
    const rule = 'rules/twilio/twilio_message_block_burst.yml';
    expect(tollgate('replay', rule, '--events', log, '--incident', '2026-08-03T05:00Z/PT1H').code).to.equal(1);
  });

  it('redacts what it prints, and writes evidence of it without a value of a record', () => {
    const rule = 'rules/twilio/twilio_message_block_burst.yml';
    const out = join(folder, 'hidden');
    const ended = tollgate(
      'replay',
      rule,
      '--events',
      log,
      '--redact',
      '--key-file',
      join(folder, 'key'),
      '--out',
      out,
    );
    const key = readFileSync(join(folder, 'key')).toString('hex');
    const texts = ['txt', 'json', 'md', 'xml'].map((ending) => readFileSync(join(out, `own-logs.${ending}`), 'utf8'));
    for (const text of [...texts, ended.stdout, ended.stderr])
      expect(text).to.not.include('+99400011000').and.not.include('log.ndjson').and.not.include(key);
    expect(ended.stdout).to.include('+9940001~').and.to.include('redacted');
    const { code, stdout } = tollgate('evidence', join(out, 'own-logs.json'), '--site', 'shop-1', '--out', out);
    expect(code).to.equal(0);
    expect(stdout).to.include('1 rules and queries on 1 sources');
    expect(readFileSync(join(out, 'shop-1.yml'), 'utf8')).to.not.include('994000');
  });

  for (const [what, report, site, says] of [
    ['what is no report', '[]', 'shop-1', 'is not the report of a replay on your own logs'],
    [
      'a report that somebody changed',
      '{"mode":"own-logs","sources":[{}],"rules":[],"queries":[],"incidents":[]}',
      'shop-1',
      'is not the report',
    ],
    ['a name that says who it is', null, 'Ann Smith', "this can't be evidence"],
  ] as const)
    it(`makes no evidence of ${what}`, () => {
      const file = report === null ? join(folder, 'hidden', 'own-logs.json') : write('report.json', report);
      const { code, stderr } = tollgate('evidence', file, '--site', site, '--out', folder);
      expect(stderr).to.include(says);
      expect(code).to.equal(2);
    });

  for (const [what, args, says] of [
    ['an unknown source', ['--events', log, '--source', 'twilio.mesaging'], "did you mean 'twilio.messaging'"],
    ['an incident that is none', ['--events', log, '--incident', 'yesterday'], '2026-08-03T02:00Z/PT6H'],
    ['an option of simulated worlds', ['--events', log, '--world', 'regional-shop'], '--world is for simulated worlds'],
    ['an incident without logs', ['--incident', '2026-08-03T05:00Z/PT1H'], '--incident is for your own logs'],
    ['an asset without logs', ['--asset-id', 'shop'], '--asset-id is for your own logs'],
    ['an asset of a cluster', ['--index', '--asset-id', 'shop'], '--asset-id is for records in files'],
    ['a path where nothing is', ['--events', join(folder, 'none')], 'there is nothing at'],
  ] as const)
    it(`refuses ${what} with 2`, () => {
      const { code, stderr } = tollgate('replay', ...args);
      expect(stderr).to.include(says);
      expect(code).to.equal(2);
    });
});
