import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { findLayout } from '../../../tools/command/check/layout';
import { loadContent } from '../../../tools/command/check/load';
import { changedSince } from '../../../tools/command/cli/changed';
import type { ReplayReport } from '../../../tools/evidence/replay/result';
import { Failure } from '../../../tools/foundation/content/failure';
import { Repository } from '../../end-to-end/repository';
import { tollgateIn } from './run';

const BLOCK = 'rules/twilio/twilio_verify_expired_block.yml';
const GEO = 'rules/twilio/twilio_geo_permission_opened.yml';
const BOTH = 'rules/twilio/twilio_control_change_then_block_burst.yml';
const BURST = 'rules/twilio/twilio_message_block_burst.yml';
const QUERY = 'queries/twilio/twilio_dense_block.yml';
const CASES = 'datasets/cases/twilio_verify_expired_block.yml';

describe('what changed since a commit', function () {
  let root: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { cwd: root, stdio: 'pipe' });
  const commit = (): void => {
    git('add', '-A');
    git('commit', '-q', '--no-gpg-sign', '-m', 'x');
  };
  const filter = (title: string, rule: string): string =>
    `title: ${title}\nid: 0f8a7c52-0c1d-4b0e-9a77-6b1b0c3c2a11\nlogsource: {product: twilio, service: verify}\n` +
    `filter:\n  rules: [${rule}]\n  ours: {data.to: "+15550100"}\n  condition: not ours\n`;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
    for (const path of [BLOCK, GEO, BOTH, BURST, QUERY, CASES]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      cpSync(path, join(root, path));
    }
    write('filters/gone.yml', filter('A filter that goes', 'twilio_verify_expired'));
    git('init', '-q', '-b', 'main');
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const changed = (base: string | true = true): string[] => {
    const layout = findLayout([root]);
    const { sigma, hunts, contracts } = loadContent(layout, { datasets: false }).content;
    const { rules, queries } = changedSince({ rules: sigma, queries: hunts, contracts }, layout, base);
    return [...new Set([...rules, ...queries].map(({ file }) => file.slice(root.length + 1)))].sort();
  };
  const edit = (path: string): void => appendFileSync(join(root, path), '# another\n');

  it('is nothing where nothing did, and what was edited, committed on the branch or new', () => {
    expect(changed()).to.deep.equal([]);
    edit(QUERY);
    expect(changed()).to.deep.equal([QUERY]);
    git('checkout', '-q', '-b', 'mine');
    commit();
    expect(changed()).to.deep.equal([QUERY]);
    expect(changed('HEAD')).to.deep.equal([]);
    git('rm', '-q', '--cached', GEO);
    git('commit', '-q', '--no-gpg-sign', '-m', 'x');
    expect(changed('HEAD')).to.deep.equal([GEO]);
  });

  it('is a rule whose cases or correlated rules did', () => {
    edit(CASES);
    expect(changed()).to.deep.equal([BLOCK]);
    commit();
    edit(BURST);
    expect(changed('HEAD')).to.include(BURST).and.not.include(BLOCK);
  });

  it('is a rule that a new filter names, and one that a former filter named', () => {
    rmSync(join(root, 'filters'), { recursive: true });
    expect(changed()).to.deep.equal([BLOCK]);
    write('filters/new.yml', filter('A filter that is new', 'twilio_verify_expired'));
    expect(changed()).to.deep.equal([BLOCK]);
  });

  it('is a rule or query whose source’s contract did', () => {
    cpSync('schemas/telemetry', join(root, 'schemas/telemetry'), { recursive: true });
    commit();
    edit('schemas/telemetry/twilio.monitor.yml');
    expect(changed('HEAD')).to.deep.equal([BOTH, GEO]);
  });

  it('is refused without such a commit, without git, and where git has no repository', () => {
    const path = process.env['PATH'];
    const refused = (base: string | true, text: string): void => {
      try {
        expect(() => changed(base))
          .to.throw(Failure, text)
          .with.property('exitCode', 2);
      } finally {
        process.env['PATH'] = path;
      }
    };
    refused('nowhere', "git has no commit 'nowhere'");
    refused('--output=x', "git has no commit '--output=x'");
    git('branch', '-m', 'trunk');
    refused(true, 'neither origin/HEAD nor main');
    rmSync(join(root, '.git'), { recursive: true });
    refused(true, 'is in no repository');
    process.env['PATH'] = root;
    refused(true, "git, which can't be run");
  });

  it('is what a replay replays and a measurement measures; nothing changed is said and well', () => {
    const repository = new Repository();
    rmSync(root, { recursive: true });
    root = repository.path;
    git('init', '-q', '-b', 'main');
    commit();
    const plan = 'units:\n  - {world: regional-shop, seeds: "101", days: 1, detectors: all}\n';
    writeFileSync(join(root, 'plan.yml'), plan);
    const quick = ['--days', '1', '--scenario', 'load-test', '--format', 'json'];
    const replay = () => tollgateIn(root, 'replay', '--engine', 'memory', '--changed', ...quick);
    const measure = () => tollgateIn(root, 'measure', '--plan', 'plan.yml', '--changed');
    for (const [run, done] of [
      [replay, 'replayed'],
      [measure, 'measured'],
    ] as const) {
      const { code, stdout, stderr } = run();
      expect([code, stdout], stderr).to.deep.equal([0, '']);
      expect(stderr).to.contain(`no rule and no query changed, so nothing was ${done}`);
    }
    edit(BLOCK);
    const { rules } = JSON.parse(replay().stdout) as Pick<ReplayReport, 'rules'>;
    expect(rules.map(({ path }) => path)).to.deep.equal([BLOCK]);
    expect(measure().stdout).to.include('Twilio Verify codes of one block expire unused');
  });

  it('names a scenario that changed, which all may see', () => {
    const scenario = 'datasets/benign/load-test.yml';
    mkdirSync(join(root, 'datasets/benign'), { recursive: true });
    cpSync(scenario, join(root, scenario));
    const { stderr } = tollgateIn(root, 'replay', '--engine', 'memory', '--changed');
    expect(stderr).to.contain(`${scenario}: changed as well`);
  });
});
