import { expect } from 'chai';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { MemoryEngine } from '../../../tools/detection/engine/memory-engine';
import { CASE_START, caseFile, caseForms, caseRecords, milliseconds } from '../../../tools/evidence/replay/case-events';
import { runCases, type CaseResult } from '../../../tools/evidence/replay/cases';
import { CASE_FORMATS } from '../../../tools/command/report/cases';
import type { SourcedEvent } from '../../../tools/detection/engine/execution';
import { CORRELATION, content, rule, SHOP } from '../../command/check/content';

const HEAD = `title: Cases of the shop's rules
rule: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02
base:
  failed: {source: shop.sms, record: {shop: a, to: "+998000930000", state: failed, test: true}}
cases:
`;
const contracts = new Map([[SHOP.id, SHOP]]);
const quiet = { update: () => undefined };

const QUERY_ID = '16fc62db-2dcf-4e1e-b402-fe6ef5c4643a';
const QUERY = `title: Failing messages of a shop
id: ${QUERY_ID}
status: test
level: low
description: Finds shops of whose messages several fail in a day; a query for tests.
references: [https://attack.mitre.org/techniques/T1496/003/]
tags: [attack.t1496.003]
source: shop.sms
scope: {asset: shop, identity: null}
window: {default: 24h, max: 7d}
detection:
  failed: {state: failed}
  condition: failed
group-by: [shop]
measures: {lost: {count: failed}}
having: lost >= 2
sort: [-lost]
schedule: {every: 10m, delay: 1m}
pivot: {before: "the shop's log", after: "the shop's log"}
`;

const run = (cases: string, rules = `${rule()}---\n${CORRELATION}`): Promise<CaseResult[]> => {
  const { sigma, cases: documents } = content({ rules, cases });
  return runCases(documents, { rules: sigma, queries: [], contracts }, new MemoryEngine(), quiet);
};
const records = (events: string): Record<string, unknown>[] => {
  const [document] = parseYaml(
    'f.yml',
    `${HEAD}  - {name: a case, kind: fires, alerts: 1, events: ${events}}\n`,
  ).documents;
  const file = caseFile(document!);
  return caseRecords(file, file.cases[0]!, contracts).map(({ record, time }) => ({ ...record, at: time - CASE_START }));
};

describe('the events of a case', () => {
  it('are the base record with its time, repeated, in the order of time', () => {
    expect(records('[{use: failed, at: 1m}, {use: failed, at: 0s, times: 2, every: 1.5s}]')).to.deep.equal(
      [0, 1500, 60_000].map((at) => ({
        shop: 'a',
        to: '+998000930000',
        state: 'failed',
        test: true,
        time: new Date(CASE_START + at).toISOString(),
        at,
      })),
    );
  });

  it('have numbers of their repetition, with zeros before them where asked', () => {
    const found = records('[{use: failed, at: 0s, times: 12, every: 1s, set: {to: "+{n}-{n:03}", shop: "x"}}]');
    expect(found[0]).to.include({ to: '+0-000', shop: 'x' });
    expect(found[11]).to.include({ to: '+11-011' });
  });

  it('have forms, which are the first, the last, and those whose number gets a digit more', () => {
    const [document] = parseYaml(
      'f.yml',
      `${HEAD}  - {name: a case, kind: fires, alerts: 1, events: [{use: failed, at: 0s, times: 250}, {use: failed, at: 1s}]}\n`,
    ).documents;
    const file = caseFile(document!);
    const forms = caseForms(file, file.cases[0]!, contracts).map(({ entry, n }) => [entry, n]);
    expect(forms).to.deep.equal([...[0, 9, 10, 99, 100, 249].map((n) => [0, n]), [1, 0]]);
  });

  it('have what is set at a path, and lack what is set to null', () => {
    const [record] = records(
      '[{use: failed, at: 0s, set: {deep.down: [1, "{n}"], test: null, none.at: null, state.of: 5}}]',
    );
    expect(record).to.deep.include({ deep: { down: [1, '0'] }, state: { of: 5 } });
    expect(record).not.to.have.any.keys('test', 'none');
  });

  it('do not share what they set, and cannot reach a prototype', () => {
    const [first, second] = records(
      '[{use: failed, at: 0s, times: 2, every: 1s, set: {a.b: "{n}", __proto__.polluted: 1}}]',
    );
    expect([first!['a'], second!['a']]).to.deep.equal([{ b: '0' }, { b: '1' }]);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });

  it('take durations from milliseconds to days', () => {
    const durations = ['250ms', '1.5s', '10m', '0.5h', '2d'];
    expect(durations.map(milliseconds)).to.deep.equal([250, 1500, 600_000, 1_800_000, 172_800_000]);
  });
});

describe('runCases', () => {
  const edge = (last: string, alerts: number): string =>
    `${HEAD}  - {name: at the edge, kind: edge, alerts: ${alerts}, events: [{use: failed, at: 0s, times: 19, every: 1s, set: {to: "{n}"}}, {use: failed, at: ${last}, set: {to: z}}]}\n`;

  it("sees the window's edge: both ends belong to it", async () => {
    expect((await run(edge('10m', 1)))[0]).to.include({ got: 1, passed: true });
    expect((await run(edge('600001ms', 0)))[0]).to.include({ got: 0, passed: true });
  });

  it('fails a case whose count is another, and says what the window held', async () => {
    const [result] = await run(edge('600001ms', 1));
    expect(result).to.include({ passed: false, expected: 1, got: 0, name: 'at the edge' });
    expect(result!.position).to.deep.equal({ line: 6, column: 12 });
    const reasons = result!.reasons.join('\n');
    expect(reasons).to.contain('expected 1 alert, got 0');
    expect(reasons).to.contain('the highest value of a group was 19');
    expect(reasons).to.contain("'Messages of a shop that fail' matched 20 of 20 events");
    expect(reasons).to.contain('failed at 0s: shop "a", to "0"');
  });

  it('names the events that no rule matched, and the alerts that were not expected', async () => {
    const events =
      '[{use: failed, at: 0s, times: 20, every: 1s, set: {to: "{n}"}}, {use: failed, at: 30s, set: {state: sent}}]';
    const [result] = await run(`${HEAD}  - {name: too many, kind: quiet, alerts: 0, events: ${events}}\n`);
    const reasons = result!.reasons.join('\n');
    expect(reasons).to.contain('expected 0 alerts, got 1');
    expect(reasons).to.contain('alert at 19s: shop "a", value 20, 20 events');
    expect(reasons).to.contain('not matched: failed at 30s');
  });

  it('keeps cases apart, though they happen at the same time', async () => {
    const ten = (name: string, from: number): string =>
      `  - {name: ${name}, kind: quiet, alerts: 0, events: [{use: failed, at: 0s, times: 10, every: 1s, set: {to: "${from}{n}"}}]}\n`;
    const results = await run(HEAD + ten('first half', 1) + ten('second half', 2));
    expect(results.map(({ got }) => got)).to.deep.equal([0, 0]);
  });

  it('runs a query as its schedule does, and counts its episodes', async () => {
    const head = HEAD.replace('5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b02', QUERY_ID);
    const two = '[{use: failed, at: 0s}, {use: failed, at: 86399999ms}]';
    const late = '[{use: failed, at: 0s}, {use: failed, at: 24h}]';
    const text = `${head}  - {name: both in a window, kind: edge, alerts: 1, events: ${two}}
  - {name: one too late, kind: edge, alerts: 1, events: ${late}}\n`;
    const { hunts, cases: documents } = content({ queries: QUERY, cases: text });
    const results = await runCases(documents, { rules: [], queries: hunts, contracts }, new MemoryEngine(), quiet);
    expect(results.map(({ got }) => got)).to.deep.equal([1, 0]);
    expect(results[0]!.rule).to.deep.equal({ kind: 'query', id: QUERY_ID, title: 'Failing messages of a shop' });
    expect(results[1]!.reasons).to.include.members([
      'expected 1 alert, got 0',
      'the nearest row reached 50 % of having',
      "'failed' matched 2 of 2 events",
    ]);
  });

  it('counts the episodes of a rule on single events', async () => {
    const events =
      '[{use: failed, at: 0s}, {use: failed, at: 30m}, {use: failed, at: 5h}, {use: failed, at: 0s, set: {shop: b}}]';
    const single = HEAD.replace('0b02', '0b01');
    const [result] = await run(
      `${single}  - {name: three episodes, kind: fires, alerts: 3, events: ${events}}\n`,
      rule(),
    );
    expect(result).to.include({ got: 3, passed: true });
  });

  it('gives the engine events that are numbered without a gap and hold nothing of the case', async () => {
    const seen: SourcedEvent[] = [];
    class Spy extends MemoryEngine {
      override execute(...[name, events, requests, progress]: Parameters<MemoryEngine['execute']>) {
        return super.execute(
          name,
          [...events].map((event) => (seen.push(event), event)),
          requests,
          progress,
        );
      }
    }
    const { sigma, cases } = content({
      rules: `${rule()}---\n${CORRELATION}`,
      cases: edge('10m', 1) + edge('11m', 0).slice(HEAD.length),
    });
    await runCases(cases, { rules: sigma, queries: [], contracts }, new Spy(), quiet);
    expect(seen.map(({ n }) => n)).to.deep.equal(seen.map((_, index) => index));
    expect(seen).to.have.length(40);
    expect(Object.keys(seen[0]!.event).sort()).to.deep.equal([
      '@timestamp',
      'event',
      'shop',
      'state',
      'test',
      'time',
      'to',
    ]);
  });
});

describe('the formats of cases', () => {
  const results = async (): Promise<CaseResult[]> => {
    const one = (name: string, alerts: number): string =>
      `  - {name: '${name}', kind: fires, alerts: ${alerts}, events: [{use: failed, at: 0s}]}\n`;
    return run(HEAD.replace('0b02', '0b01') + one('it <fires> & "tells"', 1) + one('it fires twice', 2), rule());
  };
  const engine = { name: 'memory', version: '1' };

  it('show people what failed, and count', async () => {
    const text = CASE_FORMATS.pretty({ engine, results: await results() });
    expect(text).to.match(/datasets\/cases\/shop_failed.yml:7:12.*failed.*it fires twice/);
    expect(text).to.match(/2 cases of 1 rule in memory: .*1 passed.*1 failed/);
    expect(text).not.to.contain('it <fires>');
  });

  it('give machines every case', async () => {
    const read = JSON.parse(CASE_FORMATS.json({ engine, results: await results() })) as {
      passed: number;
      failed: number;
      cases: { line: number; name: string }[];
    };
    expect([read.passed, read.failed]).to.deep.equal([1, 1]);
    expect(read.cases.map(({ line, name }) => `${line} ${name}`)).to.deep.equal([
      '6 it <fires> & "tells"',
      '7 it fires twice',
    ]);
  });

  it('are well-formed JUnit', async () => {
    const xml = CASE_FORMATS.junit({ engine, results: await results() });
    expect(xml).to.contain('<testsuites name="tollgate test, memory" tests="2" failures="1">');
    expect(xml).to.contain('name="fires: it &lt;fires&gt; &amp; &quot;tells&quot;"');
    expect(xml.match(/<failure message="expected 2 alerts, got 1">/g)).to.have.length(1);
    const [opened, closed] = [xml.match(/<testcase [^>]*[^/]>/g), xml.match(/<\/testcase>/g)];
    expect(opened?.length).to.equal(closed?.length);
  });
});
