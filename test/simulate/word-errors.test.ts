import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDatasets } from '../../tools/simulate/load';
import { folderForEach } from './folder';

const ROOT = join(__dirname, '..', '..', 'datasets');
const WORLD = readFileSync(join(ROOT, 'worlds', 'regional-shop.yml'), 'utf8');
const SCENARIO = readFileSync(join(ROOT, 'malicious', 'leased-block-run.yml'), 'utf8');
const TARGETS = '{countries: {AZ: 1}, numbers: consecutive, blocks: 1}';

describe('what is wrong with a scenario’s words', () => {
  const place = folderForEach();

  const diagnosed = (scenario: string): string[] => {
    place.put('worlds/regional-shop.yml', WORLD);
    place.put(`${/kind: (\w+)/.exec(scenario)![1]}/broken.yml`, scenario);
    return loadDatasets(place.folder).diagnostics.map(({ code, message, hint }) => `${code} ${message} ${hint}`);
  };

  /** Replaces texts of a good scenario, and expects one finding. */
  const wrong = (name: string, replaced: Record<string, string>, words: RegExp): void => {
    it(name, () => {
      let text = SCENARIO;
      for (const [from, to] of Object.entries(replaced)) {
        expect(text).to.include(from);
        text = text.replace(from, to);
      }
      const found = diagnosed(text);
      expect(found).to.have.length(1);
      expect(found[0]).to.match(words);
    });
  };

  const to = (destinations: string): Record<string, string> => ({ [TARGETS]: destinations });
  const added = (line: string): Record<string, string> => ({ 'answers: 0': `answers: 0\n    ${line}` });

  wrong('accounts that sign up', { 'flow: login': 'flow: signup', ...added('accounts: 3') }, /makes a new account/);
  wrong(
    'accounts at a provider',
    { 'form\n    flow: login': 'provider\n    via: messaging', ...added('accounts: 3') },
    /knows no accounts/,
  );
  wrong('a lease of nothing', to('{countries: {AZ: 1}, numbers: any, lease: broker}'), /'any' leases nothing/);
  const blocked = 'blocked: {after: 5m, share: 1}\n    reacts: {after: 20, by:';
  wrong('a reaction to nothing', added('reacts: {after: 20, by: [stop]}'), /nothing refuses/);
  wrong('a stop that moves', added(`${blocked} [stop, numbers]}`), /moves nowhere/);
  wrong('a move to no other country', added(`${blocked} [country]}`), /no other country/);
  wrong(
    'a move of numbers that are not leased',
    { ...to('{countries: {AZ: 1}, numbers: any}'), ...added(`${blocked} [numbers]}`) },
    /'any' has no blocks/,
  );
  wrong(
    'a move in a network that is too small',
    { 'addresses: 6': 'addresses: 100', ...added(`${blocked} [clients]}`) },
    /'vpn' has too few/,
  );
  wrong('waits that outlast a code', added('more_codes: 4\n    resend_after: [1m, 5m]'), /20 minutes after the first/);
  wrong(
    'guesses of what has no code',
    { 'form\n    flow: login': 'application\n    flow: notification', ...added('guesses: 2') },
    /no code/,
  );
  wrong('more guesses than are looked at', added('guesses: 5'), /wrong code number 5.*guesses: 4/);
  wrong(
    'more countries than there are',
    to('{countries: {count: 500}, numbers: any}'),
    /\d+ countries have numbers .* not 500/,
  );
  wrong(
    'more countries than have so many blocks',
    to('{countries: {count: 125}, numbers: leased, blocks: 300}'),
    /\d+ countries have 300 blocks/,
  );
  wrong('a number of countries beside a country', to('{countries: {count: 5, AZ: 1}, numbers: any}'), /AZ/);
  wrong('a wait that ends before it begins', added('resend_after: [50s, 20s]'), /below the first/);

  const honest = (ordinary: string): Record<string, string> => ({
    'kind: malicious': 'kind: benign',
    [SCENARIO.match(/^signals: .*$/m)![0]]: `exposure: {per_year: 6}\nordinary: [${ordinary}]`,
  });
  wrong(
    'trouble that an attacker makes',
    { 'traffic:': 'ordinary: [{arrives: 0.1}]\ntraffic:' },
    /only a benign scenario/,
  );
  wrong('trouble that changes nothing', honest('{flows: [login]}'), /late|arrives/);
  wrong(
    'trouble of an unknown flow',
    honest('{flows: [logon], arrives: 0.1}'),
    /no flow 'logon'.*did you mean 'login'/,
  );
  wrong(
    'trouble of an unknown carrier',
    honest('{carrier: example-mobil, arrives: 0.1}'),
    /did you mean 'example-mobile'/,
  );
  wrong('trouble of an unknown country', honest('{countries: [XX], arrives: 0.1}'), /'XX'/);
  wrong('trouble after its scenario', honest('{from: 2h, arrives: 0.1}'), /outside the scenario's duration/);
  wrong('messages that are an hour late', honest('{late: 1h}'), /at most 40 minutes/);
  wrong('lateness that ends before it begins', honest('{late: [5m, 2m]}'), /below the first/);
  wrong(
    'a tenant that the world has not',
    added('tenants: [tea-shop]'),
    /no asset 'tea-shop'.*requires: \{tenants: \[tea-shop\]\}/,
  );
});
