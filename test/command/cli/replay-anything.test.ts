import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ReplayReport } from '../../../tools/evidence/replay/result';
import { Repository } from '../../end-to-end/repository';

const RULE = 'rules/twilio/twilio_verify_expired_block.yml';

/** What a replay runs: also what is not complete, from anywhere. */
describe('tollgate replay of what is not complete', function () {
  let repository: Repository;
  let elsewhere: string;
  beforeEach(() => {
    repository = new Repository();
    elsewhere = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  });
  afterEach(() => {
    repository.dispose();
    rmSync(elsewhere, { recursive: true });
  });
  const idea = (field: string): string => {
    const file = join(elsewhere, 'idea.yml');
    writeFileSync(
      file,
      `title: Mine\nlogsource: {product: twilio, service: verify}\ndetection:\n  s: {${field}}\n  condition: s\n`,
    );
    return file;
  };
  const run = (...args: string[]) => repository.run('replay', ...args, '--engine', 'memory', '--days', '1');

  it('runs a rule without a section tollgate that stands elsewhere, and says in each format that it has nothing to pass', () => {
    const out = join(elsewhere, 'out');
    const { code, stdout, stderr } = run(idea('type: com.twilio.accountsecurity.verify.message.failed'), '--out', out);
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('idea.yml: not complete, and run all the same');
    expect(stdout).to.contain('0 pass, 0 within budget so far, not proven here, 1 without a budget: nothing to pass');
    for (const name of ['replay.txt', 'replay.md', 'replay.xml', 'replay.json'])
      expect(readFileSync(join(out, name), 'utf8'), name).to.contain('no budget: nothing to pass');
    const { rules } = JSON.parse(readFileSync(join(out, 'replay.json'), 'utf8')) as ReplayReport;
    expect(rules.map(({ verdict }) => verdict)).to.deep.equal(['no-budget']);
  });

  it('runs a rule of the repository that has no cases', () => {
    repository.remove('datasets/cases');
    expect(run(RULE, '--scenario', 'leased-block-run')).to.include({ code: 0 });
  });

  it('shows the errors of one that cannot be run, and is not kept by those of another', () => {
    const { code, stdout, stderr } = run(idea('kind: failed'));
    expect([code, stdout]).to.deep.equal([1, '']);
    expect(stderr).to.contain("twilio.verify has no field 'kind'").and.to.not.contain('missing-key');
    repository.edit(RULE, 'verification.expired', 'verification.expire');
    expect(run(idea('type: com.twilio.accountsecurity.verify.message.failed')).code).to.equal(0);
  });
});
