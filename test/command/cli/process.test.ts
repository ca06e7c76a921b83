import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { reportError } from '../../../tools/command/cli/process';
import { Failure } from '../../../tools/foundation/content/failure';

const SHIM = join(__dirname, '../../../bin/tollgate.js');

describe('reportError', () => {
  let written: string;
  const write = process.stderr.write.bind(process.stderr);
  beforeEach(() => {
    written = '';
    process.stderr.write = (text: unknown) => ((written += String(text)), true);
  });
  afterEach(() => (process.stderr.write = write));

  it('tells an expected end with its hint and without a stack', () => {
    const code = reportError(new Failure(3, 'no node answers', 'start one'));
    process.stderr.write = write;
    expect(code).to.equal(3);
    expect(written).to.equal('error: no node answers\nhint: start one\n');
  });

  it('calls anything else a defect, with its stack', () => {
    const code = reportError(new TypeError('x is not a function'));
    process.stderr.write = write;
    expect(code).to.equal(3);
    expect(written)
      .to.contain('this is a defect of Tollgate')
      .and.to.match(/TypeError: x is not a function\n\s+at /);
  });
});

describe('the tollgate process', () => {
  it('ends quietly when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [SHIM, 'validate', 'test/fixtures/bad-input'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).to.equal('');
    expect(code).to.be.oneOf([0, 1]);
  });
});
