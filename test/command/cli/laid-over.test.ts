import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { laidOver } from '../../../tools/command/cli/laid-over';
import { Failure } from '../../../tools/foundation/content/failure';
import { loadDatasets } from '../../../tools/simulate/load';
import { Repository } from '../../end-to-end/repository';

const SCENARIO = 'malicious/leased-block-run.yml';
const WORLD = 'worlds/regional-shop.yml';

describe('a folder that is laid over the datasets', function () {
  const own = loadDatasets('datasets');
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const copy = (from: string, to: string, change = (text: string) => text): string => {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    writeFileSync(join(folder, to), change(readFileSync(join('datasets', from), 'utf8')));
    return join(folder, to);
  };
  const names = (list: { name: string }[]): string[] => list.map(({ name }) => name).sort();
  const loaded = () => {
    const layout = laidOver(findLayout([]), folder);
    const found = loadDatasets([layout.datasets, ...layout.over]);
    expect(found.diagnostics).to.deep.equal([]);
    return found;
  };

  it('adds a scenario', () => {
    copy(SCENARIO, 'malicious/mine.yml');
    const { worlds, scenarios } = loaded();
    expect(names(scenarios)).to.deep.equal([...names(own.scenarios), 'mine'].sort());
    expect(worlds).to.deep.equal(own.worlds);
  });

  it('adds a world', () => {
    const file = copy(WORLD, 'worlds/mine.yml');
    const { worlds, scenarios } = loaded();
    expect(names(worlds)).to.deep.equal([...names(own.worlds), 'mine'].sort());
    expect(worlds.find(({ name }) => name === 'mine')!.file).to.equal(file);
    expect(names(scenarios)).to.deep.equal(names(own.scenarios));
  });

  it('replaces a scenario of the same name', () => {
    const file = copy(SCENARIO, SCENARIO, (text) => text.replace(/^title: .*/m, 'title: Mine instead of that one'));
    const { scenarios } = loaded();
    expect(names(scenarios)).to.deep.equal(names(own.scenarios));
    const replaced = scenarios.find(({ name }) => name === 'leased-block-run')!;
    expect([replaced.file, replaced.title]).to.deep.equal([file, 'Mine instead of that one']);
  });

  it('is no error where worlds and scenarios of the two have nothing to do with one another, and is one where a scenario fits nowhere', () => {
    copy(SCENARIO, 'malicious/mine.yml');
    cpSync('test/fixtures/outsider/worlds', join(folder, 'worlds'), { recursive: true });
    cpSync('test/fixtures/outsider/benign', join(folder, 'benign'), { recursive: true });
    rmSync(join(folder, 'malicious'), { recursive: true });
    const { scenarios } = loaded();
    expect(scenarios.find(({ name }) => name === 'office-onboarding')!.unfit).to.deep.equal(['hair-salons']);
    rmSync(join(folder, 'worlds'), { recursive: true });
    const { diagnostics } = loadDatasets(['datasets', folder]);
    expect(diagnostics.map(({ code }) => code)).to.include('unknown-flow');
  });

  it('is refused where it holds neither a world nor a scenario, and told which folders these stand in', () => {
    const refused = (): void => {
      const isRefusal = (error: unknown): boolean =>
        error instanceof Failure && error.exitCode === 2 && /worlds, benign, malicious/.test(error.hint ?? '');
      let thrown: unknown;
      try {
        laidOver(findLayout([]), folder);
      } catch (error) {
        thrown = error;
      }
      expect(isRefusal(thrown), String(thrown)).to.equal(true);
    };
    refused();
    copy(SCENARIO, 'scenarios/mine.yml');
    refused();
  });

  describe('in a repository', () => {
    let repository: Repository;
    beforeEach(() => {
      repository = new Repository();
      copy(SCENARIO, 'malicious/mine.yml');
      cpSync(folder, join(repository.path, 'mine'), { recursive: true });
    });
    afterEach(() => repository.dispose());

    it('is replayed with what it is laid over', () => {
      const { code, report, stderr } = repository.replay('--datasets', 'mine', '--scenario', 'mine', 'load-test');
      expect(code, stderr).to.equal(0);
      expect(report.worlds).to.deep.equal(['regional-shop']);
      expect([...new Set(report.rules[0]!.outcomes.map(({ scenario }) => scenario))]).to.include('mine');
      repository.remove('mine/malicious');
      const refused = repository.run('replay', '--datasets', 'mine');
      expect([refused.code, refused.stderr]).to.deep.equal([
        2,
        'error: mine holds no world and no scenario\n' +
          'hint: they are read from its folders worlds, benign, malicious: one file in one of them is enough\n',
      ]);
    });

    it('is measured with what it is laid over, and not written as the measurement of the content', () => {
      const plan = 'units:\n  - {world: regional-shop, seeds: "101", days: 2, detectors: short}\n';
      writeFileSync(join(repository.path, 'plan.yml'), plan);
      const measured = (...args: string[]) => repository.run('measure', '--plan', 'plan.yml', '--jobs', '1', ...args);
      const journal = () => readFileSync(join(repository.path, 'measurement', 'units.ndjson'), 'utf8');
      const { code, stdout, stderr } = measured('--datasets', 'mine');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.include('# The measurement');
      expect(journal()).to.include('mine');
      expect(readdirSync(join(repository.path, 'measurement'))).to.deep.equal(['units.ndjson']);
      expect(measured('--datasets', 'mine').stderr).to.include('every unit is measured already');
      expect(measured('--check', '--datasets', 'mine').code).to.equal(2);
      // The journal keeps both.
      expect(measured().stderr).to.match(/1 units? to measure/);
      expect(measured('--datasets', 'mine').stderr).to.include('every unit is measured already');
    });

    it('is audited with what it is laid over', () => {
      const only = ['--part', 'leaks', '--world', 'regional-shop', '--scenario', 'mine', '--format', 'markdown'];
      const { code, stdout, stderr } = repository.run('audit', '--datasets', 'mine', ...only);
      expect([0, 1], stderr).to.include(code);
      expect(stdout).to.include('mine');
    });
  });
});
