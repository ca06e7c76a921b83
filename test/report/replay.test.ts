import { expect } from 'chai';
import { junitReport } from '../../tools/report/junit';
import { markdownReport } from '../../tools/report/markdown';
import { prettyReport } from '../../tools/report/pretty';
import { duration, money, tally, thousands } from '../../tools/report/words';
import { line, report } from './sample';

describe('report words', () => {
  it('writes durations, money and counts the same on every machine', () => {
    expect([null, -90, 59.4, 95, 3725, 100_000].map(duration)).to.deep.equal([
      '–',
      'before',
      '59s',
      '1m 35s',
      '1h 2m',
      '1d 3h',
    ]);
    expect([null, 6, 99.999, 1234.5].map(money)).to.deep.equal(['–', '$6.00', '$100.00', '$1,235']);
    expect([7, 1000, 1234567].map(thousands)).to.deep.equal(['7', '1,000', '1,234,567']);
    expect(tally(['a', 'b', 'a'])).to.equal('a ×2, b');
  });
});

describe('replay report', () => {
  const failing = line({ name: 'A <broken> | "rule"', verdict: 'fail', reasons: ['promises to catch x & missed it'] });

  it('shows on a terminal what was caught, missed and raised falsely', () => {
    const text = prettyReport(report([line()]));
    expect(text).to.match(/○ {2}Many numbers of one block +1\/2 +1 +0 \(≤ 3 in 8 d\) +35 % +1m 35s +\$6\.00/);
    expect(text).to.contain('missed  low-and-slow');
    expect(Math.max(...text.split('\n').map((one) => one.length))).to.be.at.most(120);
    expect(text).to.contain('raised  country-launch ×1 in 1');
    expect(text).to.contain('123,456 of 123,456 events indexed');
    expect(text).to.contain('$1,235 after it');
  });

  it('cuts names and breaks notes to the width of the terminal', () => {
    const outcomes = Array.from({ length: 12 }, (_, n) => ({ ...line().outcomes[1]!, scenario: `long-scenario-${n}` }));
    const rows = prettyReport(report([line({ name: 'Many '.repeat(30), outcomes })]), 100).split('\n');
    expect(rows.find((one) => one.includes('Many')))
      .to.match(/Many…? +1\/2/)
      .and.to.have.length.at.most(100);
    const notes = rows.filter((one) => one.includes('long-scenario'));
    expect(notes.length).to.be.greaterThan(1);
    for (const one of notes) expect(one).to.have.length.at.most(100);
    expect(notes.join(' ')).to.contain('long-scenario-11');
  });

  it('gives the reasons of a failure', () => {
    expect(prettyReport(report([failing]))).to.contain('fails   promises to catch x & missed it');
  });

  it('says whether two engines agree, only where two ran', () => {
    const both = { engine: { name: 'elasticsearch+memory', version: '9' } };
    expect(prettyReport(report([line()]))).not.to.contain('Engines');
    expect(prettyReport(report([line()], both))).to.contain('agree on every match');
    expect(prettyReport(report([line()], { ...both, differences: ['event 3 …'] }))).to.contain('event 3 …');
  });

  it('cannot be broken out of in Markdown', () => {
    const text = markdownReport(report([failing]));
    expect(text).to.contain('A \\<broken\\> \\| "rule"');
    const rows = text.split('\n').filter((row) => row.startsWith('|'));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).to.have.length(12);
  });

  it('is well-formed JUnit, with a failure for each failing rule and for engines that differ', () => {
    const text = junitReport(
      report([line(), failing], { engine: { name: 'elasticsearch+memory', version: '9' }, differences: ['x\u0000<'] }),
    );
    expect(text).to.contain('tests="3" failures="2"');
    expect(text).to.contain('name="A &lt;broken&gt; | &quot;rule&quot;"');
    expect(text).to.contain('missed it');
    expect(text).not.to.contain('\u0000');
    expect(text.match(/<testcase/g)).to.have.length(3);
  });
});
