import { expect } from 'chai';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { GROWTH } from './growth';

const COMPILER = join(__dirname, '../../bin/compiler.js');

/** Ten for what is linear, 13 for a sort; 100 for a loop in a loop. */
const MOST = 16;

describe('ten times the input', function () {
  const options = { execArgv: ['-r', COMPILER] };
  let worker: Worker;
  before(() => {
    worker = new Worker(join(__dirname, 'growth-worker.ts'), options);
  });
  after(() => worker.terminate());

  for (const { name } of GROWTH) {
    it(`costs ten times the steps: ${name}`, async () => {
      worker.postMessage(name);
      const [{ small, large }] = (await once(worker, 'message')) as [{ small: number; large: number }];
      expect(large / small, `${small} and ${large} steps`).to.be.below(MOST);
    });
  }
});
