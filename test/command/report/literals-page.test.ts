import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { literalsPage } from '../../../tools/command/report/literals-page';
import { repositoryContracts } from '../../telemetry/contracts';
import { rule, SHOP } from '../check/content';

const ROOT = join(__dirname, '..', '..', '..');

describe('the page of literals', () => {
  it('is current; run `npm run sources` where this fails', () => {
    expect(readFileSync(join(ROOT, 'docs', 'literals.md'), 'utf8')).to.equal(literalsPage(ROOT, repositoryContracts()));
  });

  describe('of a site', () => {
    let root: string;
    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
      mkdirSync(join(root, 'rules', 'shop'), { recursive: true });
      for (const name of ['shop_a', 'shop_b']) {
        const text = rule({ selection: '{state|startswith: fail, to: "nobody|no one", price|gte: 5}' });
        writeFileSync(join(root, 'rules', 'shop', `${name}.yml`), text);
      }
    });
    afterEach(() => rmSync(root, { recursive: true }));

    const page = (): string => {
      const fields = { ...SHOP.fields, price: { ...SHOP.fields['price']!, values: 'amount' as const } };
      return literalsPage(root, new Map([[SHOP.id, { ...SHOP, fields }]]));
    };
    const users = '[shop\\_a](../rules/shop/shop_a.yml), [shop\\_b](../rules/shop/shop_b.yml)';

    it('has those without a source first, and each with all that uses it', () => {
      const [before, own] = page().split('## [shop.sms](sources/shop.sms.md)');
      expect(before).to.contain(`| \`shop.sms\` | \`to\` | \`nobody\\|no one\` | ${users} |`);
      expect(before).to.not.contain('`fail`');
      expect(own).to.contain(`| \`to\` | \`nobody\\|no one\` | ${users} | none | **not verified** |`);
      expect(own).to.contain(`| \`state\\|startswith\` | \`fail\` | ${users} | <https://example.com/> | documented |`);
    });

    it('names the fields whose values need none', () => {
      expect(page()).to.contain('| `shop.sms` | `price` | an amount |');
      expect(page()).to.not.contain('`price\\|gte`');
    });
  });
});
