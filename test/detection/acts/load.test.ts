import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { actsById } from '../../../tools/detection/acts/act';
import { loadActs } from '../../../tools/detection/acts/load';

const ROOT = join(__dirname, '../../..');

/** A file of acts, with parts of its only act and of its claim to put in or replace. */
function acts(act: Record<string, string | undefined> = {}, claim = '{evidence: none, how: There is no way.}'): string {
  const parts = {
    id: 'shop.close-door',
    title: 'Close the door',
    when: 'Somebody comes who should not.',
    call: 'door <name> --close',
    undo: 'Open it again.',
    cost: 'Nobody enters.',
    reference: 'https://example.com/door',
    evidence: 'documented',
    ...act,
  };
  const lines = Object.entries(parts).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `platform: shop\ntitle: A shop\nacts:\n  - ${lines.join('\n    ')}\nclaim: ${claim}\n`;
}

describe('the files of acts', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (text: string, name = 'shop.yml') => {
    writeFileSync(join(folder, name), text);
    return loadActs(folder);
  };
  const found = (text: string, name?: string): string[] =>
    load(text, name).diagnostics.map(
      ({ line, column, code, message, hint }) => `${line}:${column} ${code}: ${message} | ${hint}`,
    );

  it('are read, and their acts known by id', () => {
    const { files, ids, diagnostics } = load(acts());
    expect(diagnostics).to.deep.equal([]);
    expect([...ids]).to.deep.equal(['shop.close-door']);
    expect(actsById(files).get('shop.close-door')!.undo).to.equal('Open it again.');
  });

  it('need a documentation, a way to do it, and an https address', () => {
    expect(found(acts({ reference: undefined })).join()).to.match(/^4:5 missing-key: 'acts\.0' lacks 'reference'/);
    expect(found(acts({ call: undefined }))).to.deep.equal([
      "4:5 missing-key: 'acts.0' lacks 'call' | Say how it is done: console, call, or both.",
    ]);
    expect(found(acts({ call: undefined, console: '"Settings > Door"' }))).to.deep.equal([]);
    expect(found(acts({ reference: 'http://example.com/door' })).join()).to.match(/^10:16 wrong-value/);
    expect(found(acts({}, '{evidence: documented, how: Ask within a week.}')).join()).to.match(
      /^12:1 missing-key: 'claim' lacks 'reference'/,
    );
  });

  it('have ids of their platform, each once, and its name', () => {
    expect(found(acts({ id: 'courier.close-door' }))).to.deep.equal([
      "4:9 wrong-act-id: 'courier.close-door' is not an id for an act on 'shop' | begin it with 'shop.'",
    ]);
    const twice = acts().replace(/ {2}- id[^]*documented\n/, (act) => act + act);
    expect(found(twice)).to.deep.equal([
      "12:9 duplicate-act: there is an act 'shop.close-door' already | give each its own id",
    ]);
    rmSync(join(folder, 'shop.yml'));
    expect(found(acts(), 'store.yml')).to.deep.equal([
      "1:11 wrong-file-name: the platform is 'shop', but its file is called 'store.yml' | rename it to shop.yml",
    ]);
  });

  it('leave an act known that has an error, so that who names it is not refused as well', () => {
    const { files, ids } = load(acts({ reference: undefined }));
    expect(files).to.deep.equal([]);
    expect([...ids]).to.deep.equal(['shop.close-door']);
  });

  it('of this repository have no error, and there is one for each platform of rules and queries but the web', () => {
    const { files, diagnostics } = loadActs(join(ROOT, 'acts'));
    expect(diagnostics).to.deep.equal([]);
    expect(files.map(({ platform }) => platform)).to.deep.equal(
      ['application', 'auth0', 'aws', 'azure', 'cloudflare', 'google', 'infobip', 'okta', 'sinch', 'twilio', 'vonage'],
    );
  });
});
