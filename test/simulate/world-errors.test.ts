import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDatasets } from '../../tools/simulate/load';
import { folderForEach } from './folder';

const ROOT = join(__dirname, '..', '..', 'datasets');
const BANK = readFileSync(join(ROOT, 'worlds', 'national-bank.yml'), 'utf8');
const CARD = readFileSync(join(ROOT, 'rate-card.yml'), 'utf8');

/** The line of Togo's price. */
const TOGO = CARD.slice(0, CARD.indexOf('  TG:')).split('\n').length;

describe('what is wrong with a world or a rate card', () => {
  const place = folderForEach();
  const { put } = place;

  /** Replaces a text of a good file, and expects one finding at the place of `at`, and no world. */
  const wrong = (name: string, from: string, to: string, at: string, code: string, words: RegExp): void => {
    it(name, () => {
      expect(BANK).to.include(from);
      const text = BANK.replace(from, to);
      put('worlds/bank.yml', text);
      const { worlds, diagnostics } = loadDatasets(place.folder);
      expect(worlds).to.be.empty;
      expect(diagnostics.map((one) => one.code)).to.deep.equal([code]);
      const before = text.slice(0, text.indexOf(at)).split('\n');
      expect(diagnostics[0]).to.include({ line: before.length, column: before.at(-1)!.length + 1 });
      expect(`${diagnostics[0]!.message} ${diagnostics[0]!.hint}`).to.match(words);
    });
  };

  wrong('a negative volume', 'sends_per_day: 50000', 'sends_per_day: -5', '-5', 'wrong-value', /at least 1/);
  wrong('a country without a carrier', 'MX: 0.956', 'MX: 0.906, DE: 0.05', 'DE: 0.05', 'unknown-country', /'DE'/);
  wrong('a country in two places', 'countries: [ES, CO', 'countries: [US, CO', 'US, CO', 'duplicate-country', /'US'/);
  wrong('an unknown source', 'aws.sns, aws.cloudtrail]', 'aws.sns, aws.fax]', 'aws.fax', 'unknown-source', /'aws.fax'/);
  wrong(
    'a source of what is not run',
    'aws.sns, aws.cloudtrail]',
    'aws.sns, twilio.verify]',
    'twilio.verify',
    'not-run',
    /add twilio/,
  );
  wrong(
    'a facility without its account',
    'cognito, sns, identity',
    'cognito, sns, twilio, identity',
    'twilio, identity',
    'missing-key',
    /the key 'twilio'/,
  );
  wrong('an unknown facility', 'waf, cognito', 'wafs, cognito', 'wafs', 'wrong-value', /did you mean 'waf'/);
  wrong(
    'a flow through what is not run',
    'provider: sns',
    'provider: messaging',
    'messaging\n',
    'not-run',
    /add twilio/,
  );
  wrong(
    'a notification through Cognito',
    'provider: sns',
    'provider: cognito',
    'cognito\n    share: 0.44',
    'wrong-value',
    /provider: sns/,
  );
  wrong(
    'shares that do not add up',
    'carrier: {share: 0.4,',
    'carrier: {share: 0.5,',
    'networks:',
    'shares-not-one',
    /add up to 1.1/,
  );
  wrong(
    'a carrier without blocks',
    '{share: 0.603, users_per_block: 500}',
    '{share: 0.603}',
    '{share: 0.603}',
    'missing-key',
    /blocks/,
  );
  wrong('no flow with a conversion', '    conversion: 0.89\n', '', 'purpose: login', 'missing-key', /conversion/);
  wrong(
    'a form of codes without a place to enter them',
    ', check: /login/verify}',
    '}',
    'paths: {page: /login,',
    'missing-key',
    /lacks 'check'/,
  );
  wrong(
    'a form that sends no code and has a place to enter it',
    '    provider: sns\n',
    '    provider: sns\n    paths: {page: /app, request: /app/link, check: /app/check}\n',
    'check: /app/check',
    'unknown-key',
    /no code to check/,
  );
  const tenant = (share: number, host: string) =>
    `tenants:\n  branch: {share: ${share}, web: {host: ${host}, service: branch}}\nusers: `;
  wrong(
    'tenants that leave nothing',
    'users: ',
    tenant(1, 'branch.example'),
    'tenants:',
    'shares-not-one',
    /leave something/,
  );
  wrong(
    'a tenant with the host of another',
    'users: ',
    tenant(0.1, BANK.match(/host: ([a-z.]+)/)![1]!),
    'branch:',
    'duplicate-name',
    /another asset/,
  );
  wrong(
    'a heavy user of an unknown flow',
    'flow: reset, visits',
    'flow: rest, visits',
    'rest, visits',
    'unknown-flow',
    /'reset'/,
  );
  wrong(
    'a heavy user who asks for a dead code',
    'more_codes: 8,',
    'more_codes: 40,',
    '40, resend',
    'wrong-value',
    /40 minutes after/,
  );
  wrong('a rate that falls', '[15, 60]', '[60, 15]', '[60, 15]', 'end-before-start', /'visits_per_hour'/);
  wrong('a delay of no time', 'median: 3.5', 'median: 0', '0, spread', 'wrong-value', /300 seconds/);

  it('a price by nobody, and a negative one', () => {
    put('worlds/bank.yml', BANK);
    put('rate-card.yml', CARD.replace('TG: {usd: 0.37, source: reseller}', 'TG: {usd: 0.37, source: resller}'));
    const [unknown, ...more] = loadDatasets(place.folder).diagnostics;
    expect(more).to.be.empty;
    expect(unknown).to.include({ code: 'unknown-source', line: TOGO, column: 27 });
    expect(unknown!.hint).to.include('reseller');
    put('rate-card.yml', CARD.replace('usd: 0.37', 'usd: -0.37'));
    expect(loadDatasets(place.folder).diagnostics.map(({ code, line }) => `${line} ${code}`)).to.deep.equal([
      `${TOGO} wrong-value`,
    ]);
  });

  it('does not keep an outsider from prices: his own rate card, or ours', () => {
    put('worlds/bank.yml', BANK);
    expect(loadDatasets(place.folder).worlds[0]!.rates.date).to.equal('2025-03-01');
    put('rate-card.yml', CARD.replace('unlisted: 0.15', 'unlisted: 9'));
    const { worlds, diagnostics } = loadDatasets(place.folder);
    expect(diagnostics).to.be.empty;
    expect(worlds[0]!.rates.unlisted).to.equal(9);
  });
});
