import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queued, run } from '../../evidence/own-logs/logs';
import { expectWhole } from '../report/html/page';
import { tollgate } from './run';

describe('--format html', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));

  it('of replay prints a page, which --out writes beside the other formats, whose JSON is as it is without', () => {
    const what = ['replay', 'rules/application/otp_block_burst.yml', '--engine', 'memory', '--world', 'regional-shop'];
    const short = [...what, '--days', '1', '--scenario', 'leased-block-run', 'load-test'];
    const out = join(folder, 'replay');
    const { stdout } = tollgate(...short, '--format', 'html', '--out', out);
    expectWhole(stdout);
    expect(stdout).to.contain('<h4>Alerts in regional-shop</h4>');
    const ends = ['github', 'html', 'json', 'md', 'sarif', 'txt', 'xml'];
    expect(readdirSync(out).sort()).to.deep.equal(ends.map((end) => `replay.${end}`));
    expect(readFileSync(join(out, 'replay.html'), 'utf8')).to.equal(stdout);
    expect(readFileSync(join(out, 'replay.json'), 'utf8')).to.equal(tollgate(...short, '--format', 'json').stdout);
  });

  it("of replay on one's own logs prints a page", () => {
    const file = join(folder, 'twilio.ndjson');
    const quiet = Array.from({ length: 97 }, (_, hour) => queued(hour * 60, `+4915${1000 + hour}0000`));
    const lines = [...quiet, ...run(600, 60, '+9940001')].map(({ record }) => JSON.stringify(record));
    writeFileSync(file, `${lines.join('\n')}\n`);
    const rule = 'rules/twilio/twilio_message_block_burst.yml';
    const { stdout } = tollgate('replay', rule, '--events', file, '--format', 'html');
    expectWhole(stdout);
    expect(stdout).to.contain('157 messages an hour (twilio.messaging). alerts: 1');
  });

  it('of tune prints a page', () => {
    const values = ['--param', 'numbers', '--values', '20,40', '--seeds', '1', '--report-seeds', '2', '--days', '1'];
    const { stdout } = tollgate('tune', 'otp_block_burst', '--world', 'regional-shop', ...values, '--format', 'html');
    expectWhole(stdout);
    expect(stdout).to.contain('<h3>Campaigns caught</h3>');
  });

  it('of measure --check prints the committed measurement', () => {
    const { code, stdout } = tollgate('measure', '--check', '--format', 'html');
    expect(code).to.equal(0);
    expectWhole(stdout);
    expect(stdout).to.contain('<h1>Tollgate measurement</h1>');
  });
});
