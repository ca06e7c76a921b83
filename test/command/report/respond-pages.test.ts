import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { anchorOf, namingsOf, respondPages } from '../../../tools/command/report/respond-pages';
import type { Act, ActFile } from '../../../tools/detection/acts/act';
import { loadActs } from '../../../tools/detection/acts/load';
import { differing } from '../../../tools/foundation/content/page-files';

const ROOT = join(__dirname, '../../..');

const DOOR: Act = {
  id: 'shop.close-door',
  title: 'Close the <door>',
  when: 'Somebody comes who should not.',
  console: '**Settings > Door**: close it.',
  call: 'door <name> --close',
  undo: 'Open it.',
  cost: 'Nobody enters.',
  reference: 'https://example.com/door',
  evidence: 'documented',
};
const SHOP: ActFile = {
  platform: 'shop',
  title: 'A shop',
  acts: [
    DOOR,
    { ...DOOR, id: 'shop.call-police', title: 'Call the police', console: undefined, evidence: 'unverified' },
  ],
  claim: { evidence: 'documented', how: 'Write to us.', reference: 'https://example.com/money' },
};

describe('the pages of the acts', () => {
  const { files } = loadActs(join(ROOT, 'acts'));
  const namings = namingsOf(ROOT);

  it('are current; run `npm run sources` where this fails', () => {
    expect(differing(respondPages(files, namings), join(ROOT, 'docs', 'respond'))).to.deep.equal([]);
  });

  it('show an act with its way, undo, cost, documentation, and who names it', () => {
    const names = new Map([['shop.close-door', [{ title: 'Somebody comes', path: 'rules/shop/shop_comes.yml' }]]]);
    const pages = respondPages([SHOP], names);
    const page = pages.get('shop.md')!;
    const [, door, police] = page.split('<a id=');
    expect(page).to.contain('[Close the \\<door\\>](#close-door)');
    expect(door).to.match(/^"close-door"><\/a>\n\n## Close the \\<door\\>\n/);
    for (const text of ['**Settings > Door**', '```text\ndoor <name> --close\n```', '<https://example.com/door>.'])
      expect(door).to.contain(text);
    expect(door).to.contain('- **Undo**: Open it.\n- **Cost to honest users**: Nobody enters.\n');
    expect(door).to.contain('- **Asked for by**: [Somebody comes](../../rules/shop/shop_comes.yml)');
    expect(door).to.not.contain('Not verified');
    expect(police).to.contain('**Not verified**').and.to.not.contain('Named by').and.to.not.contain('Settings');
    expect(page).to.match(/## Claim the money back\n\nWrite to us\.\n\n<https:\/\/example\.com\/money>\n$/);
    expect(pages.get('README.md')).to.contain('| [A shop](shop.md) | 2 | documented |');
    const none = respondPages([{ ...SHOP, claim: { evidence: 'none', how: 'There is no way.' } }], names);
    expect(none.get('README.md')).to.contain('| no documented way |');
  });

  it('find each rule that names an act', () => {
    const named = namings.get('twilio.close-verify-country')!.map(({ path }) => path);
    expect(named).to.include('rules/twilio/twilio_geo_permission_opened.yml');
  });

  it('have one anchor an act', () => {
    for (const { acts, platform } of files) {
      const anchors = acts.map(({ id }) => anchorOf(id));
      expect(new Set(anchors).size, platform).to.equal(acts.length);
      const page = readFileSync(join(ROOT, 'docs', 'respond', `${platform}.md`), 'utf8');
      for (const anchor of anchors) expect(page).to.contain(`<a id="${anchor}"></a>`);
    }
  });
});
