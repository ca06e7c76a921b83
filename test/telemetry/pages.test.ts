import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { sourcePage } from '../../tools/telemetry/page';
import { stalePages, writePages } from '../../tools/telemetry/pages';
import { contractOf, repositoryContracts } from './contracts';

describe('pages of the log sources', () => {
  const contracts = repositoryContracts();

  it('are current; run `npm run sources` where this fails', () => {
    expect(stalePages(contracts, join(__dirname, '..', '..', 'docs', 'sources'))).to.deep.equal([]);
  });

  it('show every field, what is never seen, and what is in doubt', () => {
    for (const contract of contracts.values()) {
      const page = sourcePage(contract);
      for (const name of [...Object.keys(contract.fields), ...Object.keys(contract.derived)])
        expect(page).to.include(`| \`${name}\` |`);
      for (const text of [...contract.never, ...(contract.doubts ?? []), contract.enabled.how])
        expect(page).to.include(text);
    }
    const page = sourcePage(contractOf('aws.cloudtrail'));
    expect(page).to.match(/`requestParameters\.attributes\.MonthlySpendLimit` .*\*\*not verified\*\*/);
    expect(page).to.match(/`requestParameters\.clientId` .*told by a third party/);
    expect(page).to.include('5 minutes typically, 15 minutes at worst');
  });

  it('are written where they are missing, changed or left over', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      expect(writePages(contracts, folder)).to.have.length(contracts.size + 1);
      expect(stalePages(contracts, folder)).to.deep.equal([]);
      writeFileSync(join(folder, 'aws.sns.md'), 'typed by hand');
      writeFileSync(join(folder, 'gone.md'), 'of a contract that is no more');
      rmSync(join(folder, 'web.access.md'));
      const stale = ['aws.sns.md', 'gone.md', 'web.access.md'];
      expect(stalePages(contracts, folder)).to.deep.equal(stale);
      expect(writePages(contracts, folder)).to.deep.equal(stale);
      expect(stalePages(contracts, folder)).to.deep.equal([]);
      expect(readFileSync(join(folder, 'aws.sns.md'), 'utf8')).to.equal(sourcePage(contractOf('aws.sns')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
