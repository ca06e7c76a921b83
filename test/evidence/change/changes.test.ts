import { expect } from 'chai';
import { marked } from 'marked';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changesOf, isEmpty } from '../../../tools/evidence/change/changes';
import { readReport } from '../../../tools/evidence/change/report-file';
import { CHANGES_FORMATS } from '../../../tools/command/report/changes';
import { Failure } from '../../../tools/foundation/content/failure';
import type { ReplayReport } from '../../../tools/evidence/replay/result';
import { Repository } from '../../end-to-end/repository';

describe('what changed between two replays', () => {
  const repository = new Repository();
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-compare-'));
  after(() => {
    repository.dispose();
    rmSync(folder, { recursive: true });
  });

  // Two branches: the second has a threshold that the campaign stays below.
  const RULE = 'rules/twilio/twilio_verify_expired_block.yml';
  let base: ReplayReport;
  let head: ReplayReport;
  before(() => {
    base = repository.replay().report;
    repository.edit(RULE, 'gte: 25', 'gte: 900');
    repository.edit(RULE, 'range: [5, 100]', 'range: [5, 1000]');
    head = repository.replay().report;
  });

  const clone = (report: ReplayReport): ReplayReport => structuredClone(report);
  const written = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it('says nothing where nothing changed', () => {
    const changes = changesOf(base, clone(base));
    expect(isEmpty(changes)).to.equal(true);
    expect(CHANGES_FORMATS.markdown(changes)).to.equal('The replay finds what it found before.\n');
  });

  it('names what a higher threshold misses, and what is lost by it', () => {
    const changes = changesOf(base, head);
    expect(changes.detectors).to.have.length(1);
    const [{ caught, newlyMissed, newlyCaught, lost }] = changes.detectors as [(typeof changes.detectors)[0]];
    expect(caught.base!.caught).to.be.above(0);
    expect(caught.head).to.deep.equal({ caught: 0, visible: caught.base!.visible });
    expect(newlyMissed).to.deep.equal(['leased-block-run in regional-shop']);
    expect(newlyCaught).to.deep.equal([]);
    expect(lost.head).to.equal(null);
    expect(changes.totals.lost.head).to.be.above(changes.totals.lost.base);
    const markdown = CHANGES_FORMATS.markdown(changes);
    expect(markdown).to.include('- `twilio_verify_expired_block`: misses `leased-block-run in regional-shop`');
    expect(markdown).to.match(/\| 1\/1 → 0\/1 \| ████████ → ░░░░░░░░ \|/);
  });

  it('tells what changed alone: the money, episodes, a level, a verdict or a total, but no part of a cent', () => {
    type Rule = ReplayReport['rules'][0];
    const alone: [string, (rule: Rule, report: ReplayReport) => void, boolean][] = [
      ['money', ({ lossBeforeAlert }) => (lossBeforeAlert.usd! += 0.01), true],
      ['a part of a cent', ({ lossBeforeAlert }) => (lossBeforeAlert.usd! += 0.001), false],
      ['episodes', ({ benign }) => benign.episodes++, true],
      ['what it can see', ({ campaigns }) => campaigns.blind++, true],
      ['the level', (rule) => (rule.level = 'low'), true],
      ['the verdict', (rule) => (rule.verdict = 'fail'), true],
      ['a total', (_, { totals }) => (totals.usdLostBeforeHigh += 1), true],
    ];
    for (const [what, change, isTold] of alone) {
      const changed = clone(base);
      change(changed.rules[0]!, changed);
      const changes = changesOf(base, changed);
      expect(isEmpty(changes), what).to.equal(!isTold);
      expect(changes.detectors, what).to.have.length(isTold && what !== 'a total' ? 1 : 0);
    }
  });

  it('tells new and removed rules, and what honest scenarios raise', () => {
    const without = { ...clone(base), rules: [] };
    expect(CHANGES_FORMATS.pretty(changesOf(without, base))).to.match(/: new; catches leased-block-run/);
    const removed = CHANGES_FORMATS.pretty(changesOf(base, without));
    expect(removed)
      .to.match(/: removed$/m)
      .and.to.not.include('misses');
    const raised = clone(base);
    raised.rules[0]!.specials.find(({ scenario }) => scenario === 'load-test')!.episodes = 3;
    for (const special of base.rules[0]!.specials) special.episodes = 0;
    expect(CHANGES_FORMATS.pretty(changesOf(base, raised))).to.include('is raised by load-test in regional-shop');
    expect(CHANGES_FORMATS.pretty(changesOf(raised, base))).to.include('is no longer raised by load-test');
  });

  it('says that two replays are of other worlds or days', () => {
    const other = { ...clone(base), days: 3, worlds: ['staff-portal'] };
    expect(changesOf(base, other).otherReplays).to.deep.equal([
      'days: 1 and 3',
      'only the base has the world regional-shop',
      'only the head has the world staff-portal',
    ]);
  });

  it('shows names that somebody made up as text, and not without end', () => {
    const hostile = clone(head);
    const name = '<img src=x onerror=alert(1)>|@everyone [x](javascript:1)\n::error::x\u001b[31m';
    const [rule] = hostile.rules as [ReplayReport['rules'][0]];
    rule.path = `rules/${name.replaceAll('/', '')}\`<b>.yml`;
    rule.level = name;
    hostile.rules = Array.from({ length: 200 }, (_, n) => ({ ...rule, id: `${n}` }));
    const markdown = CHANGES_FORMATS.markdown(changesOf(base, hostile));
    expect(markdown).to.not.match(/^::error|\u001b/m);
    const html = marked.parse(markdown, { async: false });
    expect(html.replace(/<code>.*?<\/code>/g, '')).to.not.match(/<img|@everyone|<a /);
    expect(markdown).to.include('and 141 more rules and queries').and.to.have.length.below(65_536);
    expect(CHANGES_FORMATS.pretty(changesOf(base, hostile))).to.not.match(/\u001b|^::error/m);
  });

  it('reads a report from anybody, and says what is none', () => {
    expect(readReport(written('report.json', JSON.stringify(base)))).to.deep.equal(base);
    const [rule] = base.rules as [ReplayReport['rules'][0]];
    const none: [string, string, RegExp][] = [
      ['text.json', 'no JSON', /is not the report of a replay: .*JSON/],
      ['list.json', '[]', /is not the report of a replay: it is not as it should be/],
      ['empty.json', '{}', /is not the report of a replay: seed/],
      ['rule.json', JSON.stringify({ ...base, rules: [{ ...rule, path: 7 }] }), /rules is not as it should be/],
      ['proto.json', '{"__proto__":{"seed":1}}', /seed is not as it should be/],
    ];
    for (const [name, text, message] of none)
      expect(() => readReport(written(name, text)), name)
        .to.throw(Failure, message)
        .with.property('exitCode', 1);
    expect(() => readReport(join(folder, 'absent.json')))
      .to.throw(Failure, /cannot read/)
      .with.property('exitCode', 3);
  });
});
