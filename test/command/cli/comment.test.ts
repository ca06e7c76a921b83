import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';

const SCRIPT = join(__dirname, '../../../.github/comment.sh');
const CHANGED = '## What this changes in the replay\n';
const SAME = 'The replay finds what it found before.\n';
const MARKER = '<!-- tollgate compare -->';
const SHA = 'a'.repeat(40);

/** Answers what `gh` would of a repository, and writes down with what it was called. */
const GH = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2);
const folder = process.env.FOLDER;
const given = args.find((arg) => arg.startsWith('body=@'));
appendFileSync(folder + '/calls', JSON.stringify({ args, body: given ? readFileSync(given.slice(6), 'utf8') : null }) + '\\n');
if (args.some((arg) => arg.endsWith('/pulls'))) process.stdout.write(process.env.PULLS);
else if (args.includes('--paginate')) process.stdout.write(process.env.COMMENTS);
`;

describe('the comment on a pull request', function () {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-comment-'));
  after(() => rmSync(folder, { recursive: true }));

  before(function () {
    if (spawnSync('jq', ['--version']).status !== 0) this.skip(); // the runners have it
    writeFileSync(join(folder, 'gh'), GH);
    chmodSync(join(folder, 'gh'), 0o755);
  });

  const PULLS = [
    { number: 6, head: { sha: 'b'.repeat(40) } },
    { number: 7, head: { sha: SHA } },
  ];
  const OURS = { id: 70, user: { type: 'Bot' }, body: `${MARKER}\nold` };

  function comment(
    text: string,
    { pulls = PULLS, comments = [] as unknown[], branch = 'idea' } = {},
  ): { calls: { args: string[]; body: string | null }[]; stdout: string } {
    const file = join(folder, 'comment.md');
    writeFileSync(file, text);
    writeFileSync(join(folder, 'calls'), '');
    const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, file], {
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${folder}${delimiter}${process.env['PATH']}`,
        FOLDER: folder,
        PULLS: JSON.stringify(pulls),
        COMMENTS: JSON.stringify(comments),
        REPO: 'owner/name',
        HEAD_OWNER: 'somebody',
        HEAD_BRANCH: branch,
        HEAD_SHA: SHA,
      },
    });
    expect(status, stderr).to.equal(0);
    const lines = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    return { calls: lines.map((line) => JSON.parse(line) as { args: string[]; body: string | null }), stdout };
  }

  const written = (calls: { args: string[] }[]): string[] =>
    calls
      .filter(({ args }) => args.includes('POST') || args.includes('PATCH'))
      .map(({ args }) => args.slice(1, 4).join(' '));

  it('is made where something changed, on the pull request of this very commit', () => {
    const { calls } = comment(CHANGED, { comments: [{ id: 1, user: { type: 'User' }, body: `${MARKER}\nnot ours` }] });
    expect(written(calls)).to.deep.equal(['--method POST repos/owner/name/issues/7/comments']);
    expect(calls.at(-1)!.body).to.equal(`${MARKER}\n${CHANGED}`);
  });

  it('takes the place of the one before, also where nothing is changed any more', () => {
    for (const text of [CHANGED, SAME]) {
      const { calls } = comment(text, { comments: [OURS] });
      expect(written(calls)).to.deep.equal(['--method PATCH repos/owner/name/issues/comments/70']);
    }
  });

  it('is not made where nothing changed, or where the branch has moved on', () => {
    expect(written(comment(SAME).calls)).to.deep.equal([]);
    const { calls, stdout } = comment(CHANGED, { pulls: PULLS.slice(0, 1) });
    expect(written(calls)).to.deep.equal([]);
    expect(stdout).to.match(/no open pull request/);
  });

  it('gives the name of a branch to nothing that would run it', () => {
    const branch = '$(touch x);`id`"\'&state=all';
    const { calls } = comment(CHANGED, { branch });
    expect(calls[0]!.args).to.include(`head=somebody:${branch}`);
  });

  it('is written by a workflow that runs no code of the pull request', () => {
    const text = readFileSync(join(__dirname, '../../../.github/workflows/comment.yml'), 'utf8');
    const workflow = load(text) as {
      on: { workflow_run: object };
      permissions: object;
      jobs: { comment: { permissions: object; steps: { uses?: string; with?: { ref?: string }; run?: string }[] } };
    };
    expect(Object.keys(workflow.on)).to.deep.equal(['workflow_run']);
    expect(workflow.permissions).to.deep.equal({});
    expect(workflow.jobs.comment.permissions).to.deep.equal({
      actions: 'read',
      contents: 'read',
      'pull-requests': 'write',
    });
    const { steps } = workflow.jobs.comment;
    expect(
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout')).map((step) => step.with?.ref),
    ).to.deep.equal(['${{ github.event.repository.default_branch }}']);
    // What the event says is a value of the environment, never a part of a script.
    for (const { run } of steps) expect(run ?? '').to.not.include('${{');
  });
});
