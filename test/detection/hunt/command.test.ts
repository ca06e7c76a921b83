import { expect } from 'chai';
import { Command } from 'commander';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configure } from '../../../tools/command/cli/hunt';
import { Failure } from '../../../tools/foundation/content/failure';
import { queryText } from './fixture';

const ID = '3c1f6f0e-7a52-4bb8-9d0a-2f5a0f3f6c11';

interface Ended {
  stdout: string;
  stderr: string;
  error: unknown;
}

describe('tollgate hunt', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-hunt-'));
    const send = (second: number, number: string, more: object = {}): string =>
      JSON.stringify({
        timestamp: `2026-08-04T03:00:${String(second).padStart(2, '0')}.000Z`,
        event: { action: 'otp_sent' },
        otp: { id: `o${second}`, purpose: 'signup' },
        destination: { number },
        service: { name: 'shop' },
        client: { ip: '198.51.100.7' },
        ...more,
      });
    const sends = [1, 2, 3, 4].map((second) => send(second, `+99800093000${second}`));
    const other = send(5, '+447700900001', { service: { name: 'bank\u001b[31m' } });
    writeFileSync(join(folder, 'events.ndjson'), [...sends, '', other].join('\n'));
    const untimed = send(6, '+998000930006', { timestamp: 'yesterday' });
    writeFileSync(join(folder, 'broken.ndjson'), [...sends, '{"timestamp": ', untimed].join('\n'));
    writeFileSync(join(folder, 'nothing.ndjson'), `${untimed}\n[1]\n`);
    const future = send(7, '+998000930007', { timestamp: '2099-08-04T03:00:00Z' });
    writeFileSync(join(folder, 'future.ndjson'), [...sends, future].join('\n'));
    writeFileSync(join(folder, 'hunt.yml'), queryText());
    const text = readFileSync('queries/application/otp_one_address_many_countries.yml', 'utf8');
    writeFileSync(join(folder, 'lax.yml'), text.replaceAll(/range: \[\d+,/g, 'range: [1,'));
    const ranged =
      '{min_sends: {type: integer, default: 3, range: [2, 50], unit: messages, description: Fewest messages that say something.}}';
    writeFileSync(join(folder, 'ranged.yml'), queryText({ parameters: ranged }));
    writeFileSync(join(folder, 'two.yml'), `${queryText()}---\n${queryText({ id: ID, title: 'Another of them' })}`);
    writeFileSync(join(folder, 'wrong.yml'), queryText({ having: 'send > 3', parameters: null }));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs the command in this process, in memory. */
  async function hunt(...args: string[]): Promise<Ended> {
    const all = [...args, '--engine', 'memory', ...(args.includes('--events') ? [] : ['--events', 'events.ndjson'])];
    const command = new Command('hunt').exitOverride().configureOutput({ writeErr: () => undefined });
    configure(command);
    const ended: Ended = { stdout: '', stderr: '', error: undefined };
    const originals = { stdout: process.stdout.write, stderr: process.stderr.write };
    for (const stream of ['stdout', 'stderr'] as const) {
      process[stream].write = (text: string | Uint8Array): boolean => {
        ended[stream] += String(text);
        return true;
      };
    }
    try {
      const inFolder = all.map((arg) => (/\.(ndjson|yml)$/.test(arg) ? join(folder, arg) : arg));
      await command.parseAsync(inFolder, { from: 'user' });
    } catch (error) {
      ended.error = error;
    } finally {
      process.stdout.write = originals.stdout;
      process.stderr.write = originals.stderr;
    }
    return ended;
  }

  it('finds rows in a file of vendor records, and fills in the pivots', async () => {
    const { error, stdout, stderr } = await hunt('hunt.yml', '--format', 'json');
    expect(stderr).to.match(/^read: application\.otp \(.*\), 1 file, \d+ records, 2026-08-04 .*\n$/);
    expect(error).to.equal(undefined);
    const report = JSON.parse(stdout) as {
      rows: { group: object; values: object; pivot: { before: string } }[];
      by: string;
    };
    expect(report.by).to.equal('memory');
    expect(report.rows.map(({ group, values }) => ({ group, values }))).to.deep.equal([
      {
        group: { 'destination.country': 'UZ', 'destination.block': '+99800093' },
        values: { sends: 4, codes: 4, verified: 0, before: 0, conversion: 0 },
      },
    ]);
    expect(report.rows[0]!.pivot.before).to.equal('"UZ" of * from 2026-08-04T02:00:05.001Z');
  });

  it('takes a query by a name that its file had before, and says so', async () => {
    const { stderr } = await hunt('dense-block');
    expect(stderr).to.include("'dense-block' is called 'twilio_dense_block' now");
  });

  it('takes scope, window and parameters', async () => {
    const groups = async (...args: string[]): Promise<number> => {
      const { stdout } = await hunt('hunt.yml', '--format', 'json', ...args);
      return (JSON.parse(stdout) as { rows: unknown[] }).rows.length;
    };
    expect(await groups('--asset', 'shop', '--identity', '198.51.100.7')).to.equal(1);
    expect(await groups('--asset', 'bank')).to.equal(0);
    expect(await groups('--from', '2026-08-04T03:00:03Z', '--to', '2026-08-05')).to.equal(0);
    expect(await groups('--param', 'min_sends=5')).to.equal(0);
    expect(await groups('--param', 'min_sends=1')).to.equal(2);
    expect(await groups('--asset', 'bank', '--asset-id', 'bank')).to.equal(1);
    expect(await groups('--asset', 'shop', '--asset-id', 'bank')).to.equal(0);
  });

  it('prints a table that no log value can break out of', async () => {
    const { stdout } = await hunt('hunt.yml', '--param', 'min_sends=1');
    expect(stdout).to.match(/destination\.country +destination\.block +sends +codes +verified +before +conversion/);
    expect(stdout).to.match(/^UZ +\+99800093 +4 +4 +0 +0 +0$/m);
    expect(stdout).to.contain('2 of 2 groups found');
    const single = ['--param', 'min_countries=1', '--param', 'min_numbers=1'];
    const assets = (await hunt('lax.yml', ...single)).stdout;
    expect(assets).to.contain('bank\\u{1b}[31m');
    expect(assets).to.not.contain('\u001b[31m');
  });

  it('passes over lines without a record, or without its time, tells them and ends with 1', async () => {
    const before = process.exitCode;
    process.exitCode = 0;
    try {
      const { error, stdout, stderr } = await hunt('hunt.yml', '--events', 'broken.ndjson');
      expect(error).to.equal(undefined);
      expect(stdout).to.contain('1 of 1 groups found');
      expect(stderr).to.match(
        /broken\.ndjson:5: .*\n.*broken\.ndjson:6: the record's timestamp is "yesterday".*\nread: .*\nnote: 2 records lost: 1 malformed, first at \S*:5; 1 without a time in timestamp, first at \S*:6/,
      );
      expect(process.exitCode).to.equal(1);
    } finally {
      process.exitCode = before;
    }
  });

  it('ends its window at the last record that does not lie in the future, and warns of those that do', async () => {
    const { error, stdout, stderr } = await hunt('hunt.yml', '--events', 'future.ndjson');
    expect(error).to.equal(undefined);
    expect(stdout).to.contain('1 of 1 groups found');
    expect(stderr).to.match(
      /\nwarning: 1 record is dated after 2026-08-04T03:00:04\.000Z.* --to 2099-08-04T03:00:00\.001Z takes/,
    );
    const all = await hunt('hunt.yml', '--events', 'future.ndjson', '--to', '2099-08-04T03:00:00.001Z');
    expect(all.stderr).to.match(/^read: [^\n]*\n$/);
    expect(all.stdout).to.contain('0 of 1 groups found');
  });

  const wrong: [string, string[], number, RegExp][] = [
    [
      'an unknown query',
      ['twilio_dense_blok'],
      2,
      /no query 'twilio_dense_blok'[\s\S]*did you mean 'twilio_dense_block'/,
    ],
    ['a query with an error', ['wrong.yml'], 1, /wrong\.yml[\s\S]*no measure or derived value 'send'/],
    ['a window that is too long', ['hunt.yml', '--from', '8d'], 2, /longer than 7d/],
    ['an empty window', ['hunt.yml', '--from', '2026-08-05', '--to', '2026-08-04'], 2, /window is empty/],
    ['a time that is none', ['hunt.yml', '--from', 'yesterday'], 2, /is not a time/],
    ['an unknown parameter', ['hunt.yml', '--param', 'min_send=3'], 2, /no parameter 'min_send'/],
    ['a parameter that is no number', ['hunt.yml', '--param', 'min_sends=many'], 2, /name=number/],
    [
      'a parameter above its range',
      ['ranged.yml', '--param', 'min_sends=51'],
      2,
      /51, which is outside its range \[2, 50\]/,
    ],
    ['a parameter below its range', ['ranged.yml', '--param', 'min_sends=1'], 2, /outside its range \[2, 50\]/],
    ['a fraction where there are none', ['ranged.yml', '--param', 'min_sends=2.5'], 2, /must be a whole number/],
    ['two values', ['hunt.yml', '--param', 'min_sends=4', '--param', 'min_sends=5'], 2, /'min_sends' was given before/],
    ['a day that does not exist', ['hunt.yml', '--from', '2026-02-30'], 2, /no calendar has the day 2026-02-30/],
    ['an index for a file', ['hunt.yml', '--index', 'logs-*'], 2, /--index is of no use in memory/],
    ['a file of several queries', ['two.yml'], 2, /2 queries are meant/],
    [
      'an identity that the source does not name',
      ['twilio_dense_block', '--identity', 'x'],
      2,
      /does not name an identity/,
    ],
    ['a file that is not there', ['hunt.yml', '--events', 'none.ndjson'], 2, /there is nothing at/],
    [
      'a file without records',
      ['hunt.yml', '--events', 'nothing.ndjson'],
      1,
      /nothing\.ndjson:2: [\s\S]*no line of .*holds a record/,
    ],
    [
      'records of another source',
      ['twilio_dense_block'],
      1,
      /events\.ndjson:1: the record's data\.timestamp is missing/,
    ],
  ];
  for (const [what, args, status, message] of wrong) {
    it(`ends with ${status} for ${what}`, async () => {
      const { error, stdout, stderr } = await hunt(...args);
      expect(error).to.be.instanceOf(Error);
      const hint = error instanceof Failure ? error.hint : '';
      expect(`${stderr}${(error as Error).message} ${hint}`).to.match(message);
      // The program ends with 2 for whatever the parser of the command line refuses.
      expect(error instanceof Failure ? error.exitCode : 2).to.equal(status);
      expect(stdout).to.equal('');
    });
  }
});
