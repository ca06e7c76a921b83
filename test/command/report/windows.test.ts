import { expect } from 'chai';
import { REPLAY_FORMATS } from '../../../tools/command/report/replay';
import { prettyReport } from '../../../tools/command/report/pretty';
import type { DetectorResult } from '../../../tools/evidence/replay/result';
import { line, report } from './sample';

const change = { caught: -1, benignEpisodes: 0, specialEpisodes: 3, medianSeconds: 123 };
const changed: Partial<DetectorResult> = {
  window: { model: 'scheduled', intervalMs: 300_000, lookbackMs: 15_360_000, phaseMs: 75_000 },
  change,
};
const scheduled = report([line(changed), line({ window: changed.window, change: { ...change, caught: 0 } })], {
  window: 'scheduled',
  queries: [line({ kind: 'query', name: 'A query' })],
});
const figures = 'every 5m 0s over 4h 16m, phase 1m 15s: caught −1, ordinary episodes ±0, special episodes +3';

describe('a replay under another window model', () => {
  it('says on a terminal which, and what it changes of each rule and of all', () => {
    const text = prettyReport(scheduled, 200);
    expect(text).to.contain('scheduled windows');
    expect(text).to.contain(`window  ${figures}, first alert +2m 3s`);
    expect(text).to.contain(
      'Windows    2 of 2 rules differ in scheduled from sliding windows: 1 catch fewer campaigns, 0 more; 2 raise more false episodes; 2 alert later',
    );
    expect(text.match(/ window {2}/g)).to.have.length(2);
  });

  it('gives machines the model, the windows and the changes', () => {
    const { window, rules } = JSON.parse(REPLAY_FORMATS.json(scheduled)) as typeof scheduled;
    expect(window).to.equal('scheduled');
    expect(rules[0]).to.deep.include(changed);
  });

  it('has a column in Markdown for rules, and none for queries', () => {
    const text = REPLAY_FORMATS.markdown(scheduled);
    expect(text).to.contain('scheduled windows;').and.to.contain('2 of 2 rules differ');
    expect(text).to.contain(`| ${figures}, first alert +2m 3s |`);
    const [rules, queries] = text.split('\n').filter((one) => one.includes('| name |'));
    expect(rules).to.contain('| reasons | window |');
    expect(queries).to.match(/\| reasons \|$/);
  });

  it('is in the name of the JUnit suite', () => {
    const text = REPLAY_FORMATS.junit(scheduled);
    expect(text).to.contain('<testsuite name="tollgate replay, scheduled windows"');
    expect(text).to.contain(`against sliding windows: ${figures}`);
  });

  it('counts a rule as it was where nothing differs, or neither caught anything', () => {
    const none = { caught: 0, benignEpisodes: 0, specialEpisodes: 0, medianSeconds: null };
    const same = report([line({ window: { model: 'tumbling' }, change: none })], { window: 'tumbling' });
    const text = prettyReport(same, 200);
    expect(text).to.contain('0 of 1 rules differ in tumbling');
    expect(text).to.contain('window  caught ±0, ordinary episodes ±0, special episodes ±0, first alert –');
  });

  it('leaves a report on sliding windows as it was', () => {
    const sliding = report([line()]);
    expect(prettyReport(sliding, 200)).not.to.match(/ window {2}|Windows {4}/);
    expect(REPLAY_FORMATS.markdown(sliding)).not.to.contain('| window |');
    expect(REPLAY_FORMATS.junit(sliding)).to.contain('<testsuite name="tollgate replay" ');
  });
});
