import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tollgate, tollgateOn } from './run';

const SEND = 'aaaaaaaa-0000-4000-8000-000000000001';
const MANY = 'aaaaaaaa-0000-4000-8000-000000000002';

const rule = (id: string, title: string, rest: string) =>
  `title: ${title}\nid: ${id}\nlogsource: {product: aws, service: cloudtrail}\n${rest}`;
const SEND_RULE = rule(
  SEND,
  'A send',
  'name: send\ndetection:\n  selection: {eventName: Publish}\n  condition: selection\n',
);
const MANY_RULE = (generate: boolean) =>
  `title: Many sends\nid: ${MANY}\ncorrelation:\n  type: event_count\n  rules: [send]\n  group-by: [who]\n  timespan: 1m\n` +
  `  condition: {gte: 2}\n  generate: ${generate}\n`;

const EVENTS = [
  { eventName: 'Publish', who: 'a', eventTime: '2026-01-01T00:00:30Z' },
  { eventName: 'Other', who: 'a', eventTime: '2026-01-01T00:00:01Z' },
  { eventName: 'publish', who: 'a', eventTime: '2026-01-01T00:00:00Z' },
];
const NDJSON = EVENTS.map((event) => `${JSON.stringify(event)}\n`).join('');
const ALERT = {
  rule: MANY,
  title: 'Many sends',
  group: { who: 'a' },
  start: '2026-01-01T00:00:30.000Z',
  end: '2026-01-01T00:00:30.000Z',
  value: 2,
  events: [0, 2],
};

describe('tollgate match', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string | Buffer): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const lines = (stdout: string): unknown[] =>
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  const send = (event: number) => ({ rule: SEND, title: 'A send', event });

  it('prints a line a match, then a line an alert, from a file and from standard input', () => {
    const rules = write('both.yml', `${SEND_RULE}---\n${MANY_RULE(true)}`);
    const expected = [send(0), send(2), ALERT];
    const events = write('events.ndjson', NDJSON);
    const fromFile = tollgate('match', '--rules', rules, '--events', events);
    expect(fromFile.stderr).to.equal('read: NDJSON, 1 file, 3 records\n');
    expect(fromFile.code).to.equal(0);
    expect(lines(fromFile.stdout)).to.deep.equal(expected);
    const packed = tollgateOn(gzipSync(NDJSON), 'match', '--rules', rules, '--events', '-');
    expect(packed).to.deep.include({ code: 0, stderr: 'read: NDJSON, 1 file, 3 records\n' });
    expect(lines(packed.stdout)).to.deep.equal(expected);
  });

  it('reads the records of a CloudTrail file', () => {
    const rules = write('send.yml', SEND_RULE);
    const events = write('trail.json.gz', gzipSync(JSON.stringify({ Records: EVENTS }, null, 1)));
    const { code, stdout } = tollgate('match', '--rules', rules, '--events', events);
    expect(code).to.equal(0);
    expect(lines(stdout)).to.deep.equal([send(0), send(2)]);
  });

  it('runs nothing of what has an error, nor what is only there for it, and says so', () => {
    const rules = write('twice.yml', `${SEND_RULE}---\n${MANY_RULE(false)}  timespan: 2m\n`);
    const run = (...more: string[]) => tollgateOn(NDJSON, 'match', '--rules', rules, '--events', '-', ...more);
    const { code, stdout, stderr } = run();
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.include('duplicate key').and.to.include(`'A send' (${SEND}) is not run`);
    expect(lines(run('--all').stdout)).to.deep.equal([send(0), send(2)]);
  });

  it('names an event with too many combinations of values, and goes on', () => {
    const rules = write('crowd.yml', `${SEND_RULE}---\n${MANY_RULE(false).replace('[who]', '[who, other]')}`);
    const many = Array.from({ length: 400 }, (_, n) => n);
    const event = (who: unknown, second: number) =>
      `${JSON.stringify({ eventName: 'Publish', who, other: who, eventTime: `2026-01-01T00:00:0${second}Z` })}\n`;
    const { code, stdout, stderr } = tollgateOn(
      `${event('a', 1)}${event(many, 2)}${event('a', 3)}`,
      ...['match', '--rules', rules, '--events', '-'],
    );
    expect(code).to.equal(1);
    expect(lines(stdout).map((line) => (line as { events: number[] }).events)).to.deep.equal([[0, 2]]);
    expect(stderr).to.match(/\nstandard input:2: event 1 is left out of 'Many sends' \(.*\): more than 100000/);
  });

  it('reads envelopes among lines, and tells of one that is cut off', () => {
    const rules = write('envelopes.yml', SEND_RULE);
    const [one, two, three] = EVENTS;
    const text = `\ufeff${JSON.stringify({ Records: [one, two] })}\n${JSON.stringify(three)}\n${JSON.stringify({ a: 1, Records: [one] }, null, 2)}`;
    for (const threads of ['0', '2']) {
      const run = (input: string) =>
        tollgateOn(input, 'match', '--rules', rules, '--events', '-', '--threads', threads);
      const whole = run(text);
      expect(whole.code).to.equal(0);
      expect(whole.stderr).to.match(/^read: \w+, 1 file, 4 records\n$/);
      expect(lines(whole.stdout)).to.deep.equal([send(0), send(2), send(3)]);
      const cut = run(text.slice(0, -2));
      expect(cut.code).to.equal(1);
      expect(cut.stderr).to.match(/^standard input:11: the list of records, which began 8 lines before, is cut off/);
      expect(lines(cut.stdout)).to.deep.equal([send(0), send(2), send(3)]);
    }
  });

  it('tells how many matches have no time where a correlation asks for it, and ends with 1', () => {
    const untimed = `${NDJSON}${JSON.stringify({ ...EVENTS[0], eventTime: '2026-02-30T00:00:00Z' })}\n`;
    const rules = write('times.yml', `${SEND_RULE}---\n${MANY_RULE(false)}`);
    const { code, stdout, stderr } = tollgateOn(untimed, 'match', '--rules', rules, '--events', '-');
    expect(code).to.equal(1);
    expect(stderr).to.match(/\nnote: 1 event has no time and is in no correlation/);
    expect(lines(stdout)).to.deep.equal([ALERT]);
    const detection = write('time.yml', SEND_RULE);
    expect(tollgateOn(untimed, 'match', '--rules', detection, '--events', '-').code, 'nothing asks').to.equal(0);
  });

  it('prints what a rule says about itself where that is asked for', () => {
    const own = 'level: low\nowner: team\nscore: {impact: 3}\n';
    const text = `${SEND_RULE.replace('cloudtrail}', 'cloudtrail, tenant: shop}')}${own}---\n${MANY_RULE(true)}ticket: SEC-1\n`;
    const rules = write('own.yml', text);
    const run = (...more: string[]) =>
      lines(tollgateOn(NDJSON, 'match', '--rules', rules, '--events', '-', ...more).stdout);
    const said = {
      name: 'send',
      level: 'low',
      logsource: { product: 'aws', service: 'cloudtrail', tenant: 'shop' },
      attributes: { owner: 'team', score: { impact: 3 } },
    };
    expect(run()).to.deep.equal([send(0), send(2), ALERT]);
    expect(run('--format', 'json')).to.deep.equal([
      { ...send(0), ...said },
      { ...send(2), ...said },
      { ...ALERT, attributes: { ticket: 'SEC-1' } },
    ]);
  });

  it('leaves out the matches that are only there for a correlation, unless all are asked for', () => {
    const rules = write('part.yml', `${SEND_RULE}---\n${MANY_RULE(false)}`);
    const run = (...more: string[]) =>
      lines(tollgateOn(NDJSON, 'match', '--rules', rules, '--events', '-', ...more).stdout);
    expect(run()).to.deep.equal([ALERT]);
    expect(run('--all')).to.deep.equal([send(0), send(2), ALERT]);
  });

  it('goes on after malformed lines and rules with errors, tells both and ends with 1', () => {
    const rules = join(folder, 'mixed');
    mkdirSync(rules);
    writeFileSync(join(rules, 'good.yml'), SEND_RULE);
    writeFileSync(join(rules, 'bad.yml'), 'title: [');
    const bad = tollgate('match', '--rules', rules, '--events', write('good.ndjson', NDJSON));
    expect(bad.code).to.equal(1);
    expect(bad.stderr).to.match(/mixed\/bad\.yml:\d+:\d+: error: malformed YAML/);
    expect(lines(bad.stdout)).to.deep.equal([send(0), send(2)]);
    const events = write('bad.ndjson', `{"eventName": \u001b[31m\n${NDJSON}`);
    const malformed = tollgate('match', '--rules', join(rules, 'good.yml'), '--events', events);
    expect(malformed.code).to.equal(1);
    expect(malformed.stderr).to.match(
      /bad\.ndjson:1: .*\nread: NDJSON, 1 file, \d+ records?\nnote: 1 record lost: 1 malformed, first at \S*bad\.ndjson:1\n$/,
    );
    expect(malformed.stderr, 'no escape sequence reaches the terminal').not.to.include('\u001b');
    expect(lines(malformed.stdout)).to.deep.equal([send(1), send(3)]);
  });

  it('with a log source runs only its rules, on its derived fields', () => {
    const cloudtrail = write(
      'derived.yml',
      rule(SEND, 'A send', 'detection:\n  selection: {asset.id: "*", eventName: Publish}\n  condition: selection\n'),
    );
    const okta = write(
      'okta.yml',
      SEND_RULE.replace('product: aws, service: cloudtrail', 'product: okta').replace(SEND, MANY),
    );
    const record = {
      eventTime: '2026-01-01T00:00:00Z',
      eventSource: 'sns.amazonaws.com',
      eventName: 'Publish',
      recipientAccountId: '111122223333',
    };
    const run = (...more: string[]) =>
      tollgateOn(`${JSON.stringify(record)}\n`, 'match', '--rules', cloudtrail, okta, '--events', '-', ...more);
    expect(lines(run('--source', 'aws.cloudtrail').stdout)).to.deep.equal([send(0)]);
    expect(lines(run().stdout)).to.deep.equal([{ rule: MANY, title: 'A send', event: 0 }]);
    const unknown = run('--source', 'aws.cloudtrial');
    expect(unknown.code).to.equal(2);
    expect(unknown.stderr).to.include("did you mean 'aws.cloudtrail'?");
  });

  it('takes all records for those of the asset that is named', () => {
    const rules = write('asset.yml', `${SEND_RULE}---\n${MANY_RULE(false).replace('[who]', '[asset.id]')}`);
    const events = [1, 2].map((account) => ({
      eventTime: '2026-01-01T00:00:00Z',
      eventSource: 'sns.amazonaws.com',
      eventName: 'Publish',
      recipientAccountId: `11112222333${account}`,
    }));
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    const groups = (...more: string[]): unknown[] => {
      const { code, stdout } = tollgateOn(text, 'match', '--rules', rules, '--events', '-', ...more);
      expect(code).to.equal(0);
      return lines(stdout).map((alert) => (alert as { group: unknown }).group);
    };
    const shop = [{ 'asset.id': 'shop' }];
    expect(groups('--source', 'aws.cloudtrail')).to.deep.equal([]);
    expect(groups('--source', 'aws.cloudtrail', '--asset-id', 'shop')).to.deep.equal(shop);
    expect(groups('--source', 'aws.cloudtrail', '--asset-id', 'shop', '--threads', '2')).to.deep.equal(shop);
    expect(groups('--asset-id', 'shop'), 'as they come').to.deep.equal(shop);
    const empty = tollgateOn(text, 'match', '--rules', rules, '--events', '-', '--asset-id', ' ');
    expect(empty.stderr).to.include('--asset-id').and.to.include('must not be empty');
    expect(empty.code).to.equal(2);
  });

  it('alerts on records that name no asset', () => {
    const send = (second: number, more: object = {}) => ({
      notification: { messageId: `m${second}`, timestamp: `2026-08-04 03:12:${String(second).padStart(2, '0')}.558` },
      delivery: {
        destination: `+9940001020${String(second).padStart(2, '0')}`,
        numberOfMessageParts: 1,
        smsType: 'Transactional',
        providerResponse: 'Delivered',
        dwellTimeMs: 105,
      },
      status: 'SUCCESS',
      ...more,
    });
    const records = Array.from({ length: 40 }, (_, second) => `${JSON.stringify(send(second))}\n`).join('');
    const rule = 'rules/aws/sns_delivery_block_burst.yml';
    const { code, stdout } = tollgateOn(records, 'match', '--rules', rule, '--events', '-', '--source', 'aws.sns');
    expect(code).to.equal(0);
    const [alert] = lines(stdout) as { group: Record<string, string> }[];
    expect(alert!.group['asset.id']).to.equal('aws.sns');
  });

  it('takes the values of placeholders from a file', () => {
    const rules = write('expand.yml', SEND_RULE.replace('eventName: Publish', "eventName|expand: '%calls%'"));
    const placeholders = write('placeholders.yml', 'calls: [Publish, Other]\n');
    const run = (...more: string[]) => tollgateOn(NDJSON, 'match', '--rules', rules, '--events', '-', ...more);
    expect(lines(run('--placeholders', placeholders).stdout)).to.deep.equal([send(0), send(1), send(2)]);
    const without = run();
    expect(without.code).to.equal(1);
    expect(without.stderr).to.include("the placeholder '%calls%' has no value");
  });

  it('ends with 2 where nothing was selected', () => {
    const rules = write('rule.yml', SEND_RULE);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    expect(tollgateOn(NDJSON, 'match', '--rules', empty, '--events', '-').code).to.equal(2);
    expect(tollgateOn('', 'match', '--rules', rules, '--events', '-').code).to.equal(2);
    expect(tollgate('match', '--rules', rules, '--events', join(folder, 'none')).code).to.equal(2);
    expect(tollgate('match', '--rules', rules).code).to.equal(2);
  });
});
