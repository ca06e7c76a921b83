import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guard } from './guard';
import { TARGETS } from './targets';

/** A fixed seed: the same inputs on every run. `npm run fuzz` is the long run, with seeds of its own. */
const SEED = 1;
const RUNS = 60;

describe('the parsers', () => {
  const guard = new Guard();
  after(() => guard.close());
  for (const { name } of TARGETS) {
    it(`${name}: stands hostile input`, async () => {
      const found = await guard.run(name, SEED, RUNS);
      expect(found && `${found.error}\n${Buffer.from(found.input).toString().slice(0, 500)}`).to.equal(null);
    });
  }

  const finds = join(__dirname, 'finds');
  for (const file of readdirSync(finds).sort()) {
    it(`stands ${file}, which was found once`, () => {
      const target = TARGETS.find(({ name }) => file.startsWith(`${name}-`))!;
      target.check(readFileSync(join(finds, file)));
    });
  }
});
