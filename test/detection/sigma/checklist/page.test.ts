import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { withChecklist } from './page';

describe('docs/sigma.md', () => {
  it('has the checklist of the tests (`npm run support` writes it)', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/sigma.md'), 'utf8');
    expect(withChecklist(page)).to.equal(page);
  });
});
