import { expect } from 'chai';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tollgateIn } from './run';

const CONTENT = [
  'schemas/telemetry',
  'rules/twilio/twilio_verify_expired_block.yml',
  'datasets/cases/twilio_verify_expired_block.yml',
  'datasets/worlds/regional-shop.yml',
  'datasets/malicious',
  'datasets/benign',
];

const PENDING = 'type=com.twilio.accountsecurity.verify.verification.pending';

describe('tollgate new', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-new-'));
    for (const path of CONTENT) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(path, join(folder, path), { recursive: true });
    }
  });
  after(() => rmSync(folder, { recursive: true }));
  const run = (...args: string[]) => tollgateIn(folder, ...args);
  const text = (path: string): string => readFileSync(join(folder, path), 'utf8');

  const RULE = [
    ...['new', 'rule', 'verify_pending_block', '--source', 'twilio.verify', '--catches', 'leased-block-run'],
    ...['--title', 'Many numbers of one block are sent codes, Twilio Verify', '--where', PENDING, '--at-least', '25'],
  ];

  it('makes a rule that validate, test, mutate and replay take as it is', () => {
    const { code, stdout, stderr } = run(...RULE);
    expect([code, stderr]).to.deep.equal([0, '']);
    const file = 'rules/twilio/verify_pending_block.yml';
    expect(stdout).to.match(new RegExp(`^written: ${file}\nwritten: datasets/cases/verify_pending_block.yml\nnext:\n`));
    const validated = run('validate', file);
    expect(validated.code, validated.stdout).to.equal(0);
    expect(validated.stdout)
      .to.match(/0 errors, \d+ warnings\n$/)
      .and.to.contain('[no-budget]')
      .and.to.contain('[todo]');
    const tested = run('test', file);
    expect([tested.code, tested.stderr]).to.deep.equal([0, '']);
    expect(run('mutate', file).stdout).to.contain('none survives unexplained');
    const replayed = run('replay', file, '--engine', 'memory', '--format', 'json');
    expect(replayed.code, replayed.stderr).to.equal(0);
    const [{ verdict }] = (JSON.parse(replayed.stdout) as { rules: [{ verdict: string }] }).rules;
    expect(verdict).to.equal('no-budget');
  });

  it('overwrites nothing, and writes nothing where one file is in the way', () => {
    const made = text('rules/twilio/verify_pending_block.yml');
    expect(run(...RULE).stderr).to.equal(
      'error: rules/twilio/verify_pending_block.yml has this name already\nhint: choose another name\n',
    );
    expect(text('rules/twilio/verify_pending_block.yml')).to.equal(made);
    writeFileSync(join(folder, 'datasets/cases/another_new_rule.yml'), 'mine');
    const { code, stderr } = run(...RULE.with(2, 'another_new_rule').with(8, 'Another title of the same rule'));
    expect([code, stderr]).to.deep.equal([
      2,
      'error: datasets/cases/another_new_rule.yml is there already\nhint: choose another name; nothing was written\n',
    ]);
    expect(() => text('rules/twilio/another_new_rule.yml')).to.throw('ENOENT');
    rmSync(join(folder, 'datasets/cases/another_new_rule.yml'));
  });

  it('copies a neighbour for another source, says how fields are called there, and refuses what has no counterpart', () => {
    const copy = ['new', 'rule', 'sinch_fail_block', '--from', 'tollgate:twilio_verify_expired_block'];
    const more = ['--source', 'sinch.verification', '--title', 'Sinch codes of one block expire unused'];
    const { code: refused, stderr } = run(...copy, ...more);
    expect([refused, stderr.split('\n')[0]]).to.deep.equal([
      2,
      "error: sinch.verification has no counterpart of what 'twilio_verify_expired' asks of type (--where twilio_verify_expired:<field>=<value>)",
    ]);
    const where = ['--where', 'callback.event=VerificationResultEvent', 'callback.status=FAIL'];
    const { code, stdout } = run(...copy, ...more, ...where);
    expect(code).to.equal(0);
    expect(stdout).to.contain('destination.block is destination.block (same name)\n');
    const file = 'rules/sinch/sinch_fail_block.yml';
    expect(run('validate', file).stdout).to.contain(' 0 errors, ');
    const tested = run('test', file);
    expect([tested.code, tested.stderr]).to.deep.equal([0, '']);
    expect(tested.stdout).to.match(/10 cases of 1 rule in memory: 10 passed/);
  });

  it('copies on a source whose records are all of one asset, and whose values the cases do not have', () => {
    const copy = ['new', 'rule', 'okta_pending_block', '--from', 'verify_pending_block', '--source', 'okta.system'];
    const more = ['--title', 'Many numbers of one block are sent codes, Okta'];
    const where = ['--where', 'eventType=system.sms.send_phone_verification_message'];
    const { code, stderr } = run(...copy, ...more, ...where, '--map', 'destination.number=securityContext.asNumber');
    expect([code, stderr.split('\n')[0]]).to.deep.equal([
      2,
      "error: 'securityContext.asNumber' of okta.system is of type long, but 'destination.number' of twilio.verify of type keyword: the cases' values don't fit it",
    ]);
    const made = run(...copy, ...more, ...where);
    expect([made.code, made.stderr]).to.deep.equal([0, '']);
    expect(made.stdout).to.contain('all records of okta.system are of one asset');
    const { stdout } = run('mutate', 'rules/okta/okta_pending_block.yml');
    expect(stdout).to.contain(', 1 survive for a reason, none survives unexplained');
  });

  const OTHERS = [
    ['scenario', 'honest-day', '--kind', 'benign', '--title', 'A day on which something honest happens'],
    ['scenario', 'bad-day', '--kind', 'malicious', '--title', 'A day on which something bad happens'],
    ['world', 'small-firm', '--title', 'A firm that is small', '--source', 'twilio.verify', '--sends-per-day', '900'],
    ['contract', 'shop.sms', '--title', 'A log of messages', '--reference', 'https://example.com/log'],
    [
      ...['form', 'wrapped', '--source', 'twilio.verify', '--title', 'In an envelope'],
      ...['--reference', 'https://example.com/log', '--wraps', 'envelope'],
    ],
  ];
  it('makes the other kinds of file, each valid as it is', () => {
    const files = OTHERS.map((args) => {
      const { code, stdout, stderr } = run('new', ...args);
      expect([code, stderr], args.join(' ')).to.deep.equal([0, '']);
      return /: (.*)\n/.exec(stdout)![1]!;
    });
    const { stdout } = run('validate', ...files);
    expect(stdout).to.match(/\n5 files, 0 errors, \d+ warnings\n$/);
    expect(text('schemas/telemetry/twilio.verify.yml')).to.contain('\n  wrapped:\n');
  });

  it('names everything that is missing where nobody can be asked', () => {
    const { code, stderr } = run('new', 'query', '--source', 'twilio.verify');
    expect([code, stderr]).to.deep.equal([
      2,
      'error: missing: <name>, --title <text>, --where <field=value...> and --catches <scenario...>\n' +
        'hint: give them as options; on a terminal they are asked for\n',
    ]);
  });

  it('makes nothing in a folder without content', () => {
    const empty = mkdtempSync(join(tmpdir(), 'tollgate-new-'));
    const { code, stderr } = tollgateIn(empty, ...RULE);
    rmSync(empty, { recursive: true });
    expect([code, stderr.split('\n')[0]]).to.deep.equal([2, 'error: there are no rules, queries or datasets here']);
  });
});
