import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prose } from '../../tools/foundation/content/markdown';
import { expect } from 'chai';
import { sourcePage } from '../../tools/telemetry/page';
import { silentForms } from '../../tools/command/report/silenced';
import { differing, write } from '../../tools/foundation/content/page-files';
import { sourcePages } from '../../tools/telemetry/pages';
import { readersOf } from '../../tools/telemetry/readers';
import { contractOf, repositoryContracts } from './contracts';

const ROOT = join(__dirname, '..', '..');

describe('pages of the log sources', () => {
  const contracts = repositoryContracts();
  const readers = readersOf(ROOT, contracts);
  const use = { readers, silent: silentForms(ROOT, contracts) };

  it('are current; run `npm run sources` where this fails', () => {
    expect(differing(sourcePages(contracts, use), join(ROOT, 'docs', 'sources'))).to.deep.equal([]);
  });

  it('show every field, what is never seen, and open questions', () => {
    for (const contract of contracts.values()) {
      const page = sourcePage(contract);
      for (const name of [...Object.keys(contract.fields), ...Object.keys(contract.derived)])
        expect(page).to.include(`| \`${name}\` |`);
      for (const text of [...contract.never, ...(contract.doubts ?? []), contract.enabled.how])
        expect(page).to.include(prose(text));
    }
    const page = sourcePage(contractOf('aws.cloudtrail'));
    expect(page).to.match(/`requestParameters\.attributes\.MonthlySpendLimit` .*\*\*not verified\*\*/);
    expect(page).to.match(/`requestParameters\.clientId` .*from a third party/);
    expect(page).to.include('5 minutes typically, 15 minutes at worst');
    expect(page).to.include(
      "`recipientAccountId`, or else `userIdentity.accountId`, or else the source's id, looked up",
    );
    const unnamed = 'lacks `cs-host`. Its records belong to the asset `web.access`, unless';
    expect(sourcePage(contractOf('web.access'))).to.include(unnamed);
    expect(sourcePage(contractOf('okta.system'))).not.to.include('Its records belong to the asset');
  });

  it('name the rules and queries that read the source, also through a correlation, and no parts of those', () => {
    const page = sourcePage(contractOf('web.access'), readers.get('web.access'));
    expect(page).to.include('(../../rules/web/web_otp_form_post_burst.yml)');
    expect(page).to.include('(../../queries/web/web_posts_without_page.yml)');
    expect(readers.get('twilio.verify')!.map(({ path }) => path)).to.include(
      'rules/twilio/twilio_control_change_then_block_burst.yml',
    );
    for (const all of readers.values()) expect(all.map(({ moment }) => moment)).to.not.include('undefined');
    expect(sourcePage(contractOf('web.access'))).to.include('No rule or query.');
  });

  it('are written where they are missing, changed or left over', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      expect(write(sourcePages(contracts, use), folder)).to.have.length(contracts.size + 1);
      expect(differing(sourcePages(contracts, use), folder)).to.deep.equal([]);
      writeFileSync(join(folder, 'aws.sns.md'), 'typed by hand');
      writeFileSync(join(folder, 'gone.md'), 'of a contract that is no more');
      rmSync(join(folder, 'web.access.md'));
      const stale = ['aws.sns.md', 'gone.md', 'web.access.md'];
      expect(differing(sourcePages(contracts, use), folder)).to.deep.equal(stale);
      expect(write(sourcePages(contracts, use), folder)).to.deep.equal(stale);
      expect(differing(sourcePages(contracts, use), folder)).to.deep.equal([]);
      expect(readFileSync(join(folder, 'aws.sns.md'), 'utf8')).to.equal(
        sourcePage(contractOf('aws.sns'), readers.get('aws.sns'), use.silent),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
