import { expect } from 'chai';
import { load } from 'js-yaml';
import { sentinel } from '../../../tools/export/sentinel';
import { LIMITS } from '../../../tools/export/sentinel/limits';
import { columnsOf } from '../../../tools/export/sentinel/source';
import type { ExportResult, WholeContent } from '../../../tools/export/target';
import { sentinelContent } from './content';

interface Template {
  resources: { type: string; name: string; condition?: string; properties: Record<string, unknown> }[];
}

describe('the files of the export for Microsoft Sentinel', function () {
  this.timeout(120_000);
  let content: WholeContent;
  let exported: ExportResult;
  const template = (name: string) => JSON.parse(exported.files.get(`arm/${name}.json`)!) as Template;
  const below = (folder: string) => [...exported.files.keys()].filter((path) => path.startsWith(`${folder}/`));

  before(() => {
    content = sentinelContent();
    exported = sentinel(content);
  });

  it('are the same for the same content', () => {
    expect([...sentinel(sentinelContent()).files]).to.deep.equal([...exported.files]);
  });

  it('have every rule and query, as YAML and in a template', () => {
    const { entries, files } = exported;
    expect(entries.filter(({ exactness }) => exactness === 'refused').map(({ rule }) => rule.title)).to.deep.equal([]);
    for (const { path } of entries) expect(files.has(path!), path!).to.equal(true);
    const scheduled = entries.filter(({ type }) => type.startsWith('scheduled'));
    expect(below('analytic-rules')).to.have.length(scheduled.length);
    expect(template('analytic-rules').resources).to.have.length(scheduled.length);
    expect(below('hunting-queries')).to.have.length(content.queries.length);
    expect(template('hunting-queries').resources).to.have.length(content.queries.length);
    expect(below('respond')).to.have.length(entries.length);
    const ids = template('analytic-rules').resources.map(({ name }) => name);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('schedule what looks back 14 days at most; a query that needs more is for an analyst, with the reason', () => {
    const hunts = exported.entries.filter(({ type }) => type === 'hunting');
    expect(hunts.length).to.be.greaterThan(50);
    for (const { differences } of hunts) expect(differences.at(-1)).to.match(/^Not by schedule: It (needs|runs)/);
    for (const { properties } of template('analytic-rules').resources) {
      expect(properties['enabled'], 'somebody has seen it first').to.equal(false);
      expect(String(properties['query']).length).to.be.at.most(LIMITS.queryCharacters);
    }
    for (const path of below('hunting-queries')) {
      const { query } = load(exported.files.get(path)!) as { query: string };
      expect(query.length, path).to.be.at.most(LIMITS.queryCharacters);
    }
  });

  it('fit what Azure takes of a template and of a watchlist', () => {
    for (const path of below('arm')) {
      const text = exported.files.get(path)!;
      expect(Buffer.byteLength(text), path).to.be.below(4_000_000);
      expect((JSON.parse(text) as Template).resources.length, path).to.be.below(800);
    }
    for (const path of below('watchlists')) {
      const text = exported.files.get(path)!;
      expect(Buffer.byteLength(text), path).to.be.below(3_800_000);
      for (const line of text.split('\n')) expect(line.length).to.be.below(10_240);
    }
  });

  it('have a function of each source, over the table of a connector where one is chosen', () => {
    const { resources } = template('parsers');
    const okta = resources.filter(({ name }) => name.includes('TollgateOktaSystem'));
    expect(okta.map(({ condition }) => condition)).to.deep.equal([
      "[not(contains(parameters('nativeSources'), 'okta.system'))]",
      "[contains(parameters('nativeSources'), 'okta.system')]",
    ]);
    const otp = resources.filter(({ name }) => name.includes('TollgateApplicationOtp'));
    expect(otp.map(({ condition }) => condition)).to.deep.equal([undefined]);
    expect(template('tables').resources).to.have.length(content.contracts.size);
  });

  it('use no name in a function that a column of its source has, too', () => {
    const helpers = /^(o|asset_account|asset_named|prefix_map|list_\d+|Record)$/;
    const columns = [...content.contracts.values()].flatMap((contract) => [...columnsOf(contract).values()]);
    expect(columns.filter(({ name }) => helpers.test(name))).to.deep.equal([]);
  });

  it('say on their page how they are installed, verified and removed, what they mean, and what is refused', () => {
    const page = exported.files.get('README.md')!;
    expect(page).to.include('**bound**').and.not.include('**executed**');
    for (const part of ['Install', 'Verify', 'Remove', 'What it means', 'Limits', 'Sources', 'Detectors'])
      expect(page).to.include(`\n## ${part}\n`);
    for (const { rule } of exported.entries) expect(page).to.include(rule.title);
  });
});
