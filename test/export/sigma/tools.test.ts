import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { sigma } from '../../../tools/export/sigma';
import { writeFiles } from '../../../tools/export/write';
import { repository } from '../sql/detectors';

const CLI = process.env['TOLLGATE_SIGMA_CLI'];
const RSIGMA = process.env['TOLLGATE_RSIGMA'];

/** What each backend of pySigma can't say of Sigma, by its own words; everything else is to be converted. */
const LIMITS: Record<string, RegExp> = {
  esql: /temporal_ordered/,
  splunk: /temporal_ordered/,
  lucene: /does not support correlation/,
};

describe('the bundle of Sigma rules in other tools', function () {
  this.timeout(1_200_000);
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-sigma-'));
  /** What a site writes beside the bundle. */
  const own = mkdtempSync(join(tmpdir(), 'tollgate-sigma-own-'));

  before(() => {
    const { content } = repository();
    writeFiles(folder, sigma({ ...content, shapes: loadShapes('schemas/shapes', content.contracts).shapes }).files);
  });
  after(() => [folder, own].forEach((path) => rmSync(path, { recursive: true })));

  const run = (tool: string, args: string[]): { status: number | null; text: string } => {
    const { status, stdout, stderr, error } = spawnSync(tool, args, { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    return { status, text: `${stdout}\n${stderr}` };
  };

  it('has no issue for sigma check', function () {
    if (!CLI) return this.skip();
    const check = (config: string) =>
      run(CLI, ['check', '--validation-config', config, '--fail-on-issues', 'rules', 'filters']);
    let checked = check('sigma-cli.yml');
    if (checked.text.includes('Failed to load MITRE')) {
      // The names of techniques come over the network; the rest is checked without it.
      const config = readFileSync(join(folder, 'sigma-cli.yml'), 'utf8');
      writeFileSync(join(own, 'offline.yml'), config.replace('- all', '- all\n  - -attacktag\n  - -d3_fendtag'));
      checked = check(join(own, 'offline.yml'));
    }
    expect(checked.status, checked.text).to.equal(0);
    expect(checked.text).to.include('Found 0 errors, 0 condition errors and 0 issues.');
  });

  for (const [target, limit] of Object.entries(LIMITS))
    it(`is converted by sigma convert to ${target}, but for what that backend says it can't`, function () {
      if (!CLI) return this.skip();
      let converted = 0;
      for (const platform of readdirSync(join(folder, 'rules')))
        for (const name of readdirSync(join(folder, 'rules', platform))) {
          const path = join('rules', platform, name);
          const { status, text } = run(CLI, ['convert', '--target', target, '--without-pipeline', path]);
          if (status === 0) converted++;
          else expect(text, path).to.match(limit);
        }
      expect(converted).to.be.greaterThan(5);
    });

  it("is converted with Elastic's names", function () {
    if (!CLI) return this.skip();
    const rule = 'rules/okta/okta_protection_changed.yml';
    const { status, text } = run(CLI, ['convert', '--target', 'esql', '--pipeline', 'pipelines/elastic.yml', rule]);
    expect(status, text).to.equal(0);
    expect(text).to.include('okta.event_type').and.to.include('logs-okta.system-*').and.not.to.include('eventType');
  });

  it('fills the filters with what a site writes', function () {
    if (!CLI) return this.skip();
    const site = readFileSync(join(folder, 'pipelines/site.yml'), 'utf8');
    writeFileSync(join(own, 'own.yml'), site.replace('load_test_blocks: []', "load_test_blocks: ['+1702084']"));
    const paths = ['rules/aws/sns_delivery_block_burst.yml', 'filters/load_test_blocks.yml'];
    const { status, text } = run(CLI, [
      'convert',
      '-t',
      'splunk',
      '--without-pipeline',
      '-p',
      join(own, 'own.yml'),
      ...paths,
    ]);
    expect(status, text).to.equal(0);
    expect(text).to.include('NOT destination.block="+1702084"');
  });

  for (const part of ['rules', 'filters'])
    it(`is parsed and compiled by rsigma, its ${part}`, function () {
      if (!RSIGMA) return this.skip();
      const { status, text } = run(RSIGMA, ['rule', 'validate', part]);
      expect(status, text).to.equal(0);
      expect(text).to.match(/Parse errors: +0\s+Compiled OK: +\d+\s+Compile errors: +0/);
    });

  it("gives rsigma's lint neither an error nor a warning", function () {
    if (!RSIGMA) return this.skip();
    const others = ['--exclude', 'pipelines/**', '--exclude', 'sigma-cli.yml'];
    const { status, text } = run(RSIGMA, ['rule', 'lint', '.', ...others]);
    expect(status, text).to.equal(0);
    expect(text).to.include('0 failed (0 error(s), 0 warning(s)');
  });
});
