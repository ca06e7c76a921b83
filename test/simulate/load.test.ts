import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { loadDatasets, loadIndependent } from '../../tools/simulate/load';
import { folderForEach } from './folder';
import { datasets } from './run';

const ROOT = join(__dirname, '..', '..', 'datasets');
const WORLD = readFileSync(join(ROOT, 'worlds', 'regional-shop.yml'), 'utf8');
const SCENARIO = readFileSync(join(ROOT, 'malicious', 'leased-block-run.yml'), 'utf8');

describe('loading datasets', () => {
  const place = folderForEach();
  const { put } = place;

  it('takes the repository’s own without a finding', () => {
    expect(datasets.diagnostics).to.deep.equal([]);
    const files = readdirSync(join(ROOT, 'worlds')).map((file) => basename(file, '.yml'));
    expect(datasets.worlds.map(({ name }) => name)).to.deep.equal(files.sort());
    expect(datasets.scenarios.filter(({ kind }) => kind === 'benign').length).to.be.at.least(8);
    expect(datasets.scenarios.filter(({ kind }) => kind === 'malicious').length).to.be.at.least(8);
  });

  it('takes an outsider’s folder, and one that holds nothing', () => {
    expect(loadDatasets(place.folder)).to.deep.equal({ worlds: [], scenarios: [], diagnostics: [] });
    put('worlds/mine.yml', WORLD);
    put('malicious/block.yml', SCENARIO);
    const { worlds, scenarios, diagnostics } = loadDatasets(place.folder);
    expect(diagnostics).to.deep.equal([]);
    expect([worlds[0]!.name, scenarios[0]!.name]).to.deep.equal(['mine', 'block']);
  });

  it('keeps the independent scenarios apart, in all worlds and their own', () => {
    const worlds = (folder: string) => readdirSync(join(folder, 'worlds')).map((file) => basename(file, '.yml'));
    const independent = loadIndependent(ROOT, datasets.worlds);
    expect(independent.diagnostics).to.deep.equal([]);
    expect(independent.worlds.map(({ name }) => name).sort()).to.deep.equal(
      [...worlds(ROOT), ...worlds(join(ROOT, 'independent'))].sort(),
    );
    const own = new Set(datasets.scenarios.map(({ name }) => name));
    expect(independent.scenarios.length).to.be.at.least(22);
    expect(independent.scenarios.filter(({ name }) => own.has(name))).to.deep.equal([]);
    expect(independent.worlds[0]!.rates).to.deep.equal(datasets.worlds[0]!.rates);
  });

  /** Replaces a line of a good scenario, and expects one finding there, or so many lines below. */
  const wrong = (name: string, from: string, to: string, code: string, words: RegExp, below = 0): void => {
    it(name, () => {
      expect(SCENARIO).to.include(from);
      put('worlds/regional-shop.yml', WORLD);
      put('malicious/broken.yml', SCENARIO.replace(from, to));
      const { scenarios, diagnostics } = loadDatasets(place.folder);
      expect(scenarios).to.be.empty;
      expect(diagnostics.map((one) => one.code)).to.deep.equal([code]);
      const line = SCENARIO.slice(0, SCENARIO.indexOf(from)).split('\n').length;
      expect(diagnostics[0]!.line).to.equal(line + below);
      expect(diagnostics[0]!.column).to.be.greaterThan(1);
      expect(`${diagnostics[0]!.message} ${diagnostics[0]!.hint}`).to.match(words);
    });
  };

  wrong(
    'refuses a negative rate',
    'visits_per_hour: [720, 960]',
    'visits_per_hour: -5',
    'wrong-value',
    /visits_per_hour' is -5/,
  );
  wrong(
    'refuses an end before the start',
    'start: {day: [0, 3], hour: [0, 6]}',
    'start: {day: [0, 3], hour: [6, 0]}',
    'end-before-start',
    /below the first/,
  );
  wrong('refuses an unknown country', '{AZ: 1}', '{AX: 1}', 'unknown-country', /did you mean/);
  wrong('refuses an unknown flow', 'flow: login', 'flow: logon', 'unknown-flow', /did you mean 'login'/);
  wrong('refuses an unknown key', 'answers: 0', 'anwers: 0', 'unknown-key', /did you mean 'answers'/);
  wrong(
    'refuses an unknown scenario to hide in',
    'start: {day: [0, 3], hour: [0, 6]}',
    'start: {after: [1h, 2h]}\nwithin: launch',
    'unknown-scenario',
    /no scenario 'launch'/,
    1,
  );
  wrong(
    'refuses an unknown carrier',
    'blocks: 1}',
    'blocks: 1, carrier: example-mobil}',
    'unknown-carrier',
    /example-mobile/,
  );
  wrong(
    'refuses an unknown source',
    'duration: [60m, 90m]',
    'duration: [60m, 90m]\nrequires: {sources: [aws.snss]}',
    'unknown-source',
    /aws\.sns/,
    1,
  );
  wrong(
    'refuses a stream longer than the scenario',
    '    shape: flat',
    '    shape: flat\n    lasts: 3h',
    'end-before-start',
    /outside/,
    1,
  );

  wrong(
    'refuses a duration that ends before it begins',
    'duration: [60m, 90m]',
    'duration: [90m, 60m]',
    'end-before-start',
    /below the first/,
  );
  wrong(
    'refuses more blocks than a country has',
    '{AZ: 1}, numbers: consecutive, blocks: 1',
    '{TT: 1}, numbers: consecutive, blocks: 300',
    'wrong-value',
    /TT has 200 blocks/,
  );
  wrong(
    'refuses an attacker who knows the size of his victim',
    '    shape: flat',
    '    times_usual: 2\n    shape: flat',
    'wrong-value',
    /how large his victim is/,
  );
  wrong(
    'refuses an unknown source of late records',
    '    answers: 0',
    '    logging: {sources: [aws.sn], held_until: 2h}\n    answers: 0',
    'unknown-source',
    /aws\.sns/,
  );
  wrong(
    'refuses trouble with the logs that is none',
    '    answers: 0',
    '    logging: {sources: [aws.sns]}\n    answers: 0',
    'wrong-value',
    /held_until/,
  );
  wrong(
    'refuses a second provider that the world does not have',
    '    flow: login',
    '    flow: login\n    via: cognito',
    'wrong-value',
    /messaging, verify/,
    1,
  );
  wrong(
    'refuses a spend limit where the provider has none',
    '    answers: 0',
    '    blocked: {by: spend_limit, after: 5m, share: 1}\n    answers: 0',
    'wrong-value',
    /has no spend limit/,
  );
  wrong(
    'refuses a wrong stream among those that it provokes',
    'traffic:',
    'provokes:\n  - {entry: form, flow: logout, visits_per_hour: 5, shape: flat, destinations: {countries: usual, numbers: subscribers}}\ntraffic:',
    'unknown-flow',
    /login/,
    1,
  );

  it('refuses a limit of sends where the provider has none', () => {
    put('worlds/regional-shop.yml', WORLD.replaceAll('provider: verify', 'provider: messaging'));
    put('malicious/block.yml', SCENARIO.replace('answers: 0', 'blocked: {by: send_limit, after: 0s, share: 1}'));
    const [found] = loadDatasets(place.folder).diagnostics;
    expect(found).to.include({ code: 'wrong-value' });
    expect(found!.message).to.match(/sends a code as often as it is asked/);
  });

  it('refuses calls through a provider that only texts, and what an honest scenario provokes', () => {
    const messaging = WORLD.replaceAll('provider: verify', 'provider: messaging');
    put('worlds/regional-shop.yml', messaging);
    put('malicious/calls.yml', SCENARIO.replace('answers: 0', 'calls_from: 2'));
    const stream =
      '{entry: form, flow: login, visits_per_hour: 5, shape: flat, destinations: {countries: usual, numbers: subscribers}}';
    const honest = SCENARIO.replace('kind: malicious', 'kind: benign')
      .replace(/^signals: .*\n/m, 'exposure: {per_year: 1}\n')
      .replace('traffic:', `provokes: [${stream}]\ntraffic:`);
    put('benign/honest.yml', honest);
    const { scenarios, diagnostics } = loadDatasets(place.folder);
    expect(scenarios).to.be.empty;
    expect(diagnostics.map(({ file, line, code }) => [file.slice(place.folder.length + 1), line, code])).to.deep.equal([
      ['benign/honest.yml', honest.split('\n').findIndex((line) => line.startsWith('provokes')) + 1, 'unknown-key'],
      ['malicious/calls.yml', SCENARIO.split('\n').findIndex((line) => line.includes('answers')) + 1, 'wrong-value'],
    ]);
  });

  it('refuses a campaign that says why it is honest', () => {
    put('worlds/regional-shop.yml', WORLD);
    const reason = 'indistinguishable: A machine asks for codes that nobody enters.\n';
    put('malicious/block.yml', SCENARIO.replace('kind: malicious', `${reason}kind: malicious`));
    const { scenarios, diagnostics } = loadDatasets(place.folder);
    expect(scenarios).to.be.empty;
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['unknown-key']);
    expect(diagnostics[0]!.message).to.equal("only a benign scenario has 'indistinguishable'");
  });

  it('refuses a scenario in the wrong folder, and two of one name', () => {
    put('worlds/regional-shop.yml', WORLD);
    put('benign/block.yml', SCENARIO);
    put('malicious/block.yml', SCENARIO);
    const codes = loadDatasets(place.folder).diagnostics.map(({ code }) => code);
    expect(codes).to.include.members(['wrong-folder', 'duplicate-name']);
  });

  it('refuses a world whose source nobody can simulate, whose shares are not 1, or whose number may be real', () => {
    put(
      'worlds/one.yml',
      WORLD.replace('twilio.verify, twilio.messaging', 'twilio.verfy, twilio.messaging')
        .replace('ES: 0.86', 'ES: 0.96')
        .replace('MA: 0.03', 'XX: 0.03'),
    );
    put('worlds/two.yml', WORLD.replace('+12025550143', '+12025551234'));
    const { worlds, diagnostics } = loadDatasets(place.folder);
    expect(worlds).to.be.empty;
    expect(diagnostics.map(({ code }) => code)).to.have.members([
      'unknown-source',
      'shares-not-one',
      'unknown-country',
      'wrong-value',
    ]);
    expect(diagnostics.find(({ code }) => code === 'unknown-source')!.hint).to.include('twilio.verify');
  });
});
