import { expect } from 'chai';
import { junitReport } from '../../../tools/command/report/junit';
import { markdownReport } from '../../../tools/command/report/markdown';
import { prettyReport } from '../../../tools/command/report/pretty';
import { widthOf } from '../../../tools/command/report/width';
import { duration, money, tally, thousands } from '../../../tools/command/report/words';
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
    expect(text).to.match(
      /○ {2}many_numbers {2}Many numbers of one block +1\/2 +1 +0 \(≤ 3 in 8 d\) +35 % +1m 35s +\$6\.00/,
    );
    expect(text).to.contain('missed  low-and-slow');
    expect(text).to.contain('raised  country-launch ×1 in 1');
    expect(text).to.contain('123,456 of 123,456 events indexed');
    expect(text).to.contain('of $1,270');
  });

  it('says what its marks, columns and lines are', () => {
    const text = prettyReport(report([line()]));
    for (const word of [
      '✔',
      '○',
      '✘',
      'caught:',
      'blind:',
      'benign a day:',
      'nearest:',
      'first alert',
      'lost',
      'missed:',
    ])
      expect(text.slice(text.indexOf('\nMarks ')), word).to.contain(word);
  });

  describe('on a terminal', () => {
    const alike = ['a', 'b'].map((letter) =>
      line({
        path: `rules/twilio/one_device_behind_many_addresses_${letter}.yml`,
        name: `One device fingerprint behind very many different addresses of clients, as ${letter} sees it`,
        outcomes: Array.from({ length: 12 }, (_, n) => ({ ...line().outcomes[1]!, scenario: `long-scenario-${n}` })),
        benign: { ...line().benign, episodes: 12, perDay: 1.5, interval: [0.77, 2.62] },
      }),
    );
    const whole = report([...alike, line({ name: '検知ルール'.repeat(20), path: 'rules/電話番号.yml' })], {
      worlds: Array.from({ length: 11 }, (_, n) => `world-${n}`),
      totals: { ...report([]).totals, missed: alike[0]!.outcomes.map(({ scenario }) => `shop/${scenario}`) },
    });

    for (const columns of [40, 60, 80, 100, 120, 200]) {
      it(`of ${columns} columns has no longer line, and all but titles is whole`, () => {
        const text = prettyReport(whole, columns);
        for (const one of text.split('\n')) expect(widthOf(one), one).to.be.at.most(columns);
        const words = text.replace(/\s+/g, ' ');
        for (const name of [
          'addresses_a ',
          'addresses_b ',
          '電話番号 ',
          'long-scenario-11',
          '1.50 [0.77–2.62]',
          '$6.00',
        ])
          expect(words).to.contain(name);
      });
    }

    it('tells rules apart whose titles begin alike, at 120 columns on one line each', () => {
      const rows = prettyReport(whole, 120)
        .split('\n')
        .filter((one) => one.startsWith('○'));
      expect(rows).to.have.length(3);
      expect(new Set(rows.map((one) => one.slice(0, 60))).size).to.equal(3);
      for (const one of rows) expect(one).to.match(/\$6\.00$/);
    });

    it('puts the figures below the name where they do not fit beside it', () => {
      const lines = prettyReport(whole, 80).split('\n');
      const row = lines.findIndex((one) => one.includes('addresses_a'));
      expect(lines[row]).to.match(/^○ {2}one_device_behind_many_addresses_a {2}One device .*…$/);
      expect(lines[row + 1]).to.match(/^ +1\/2 +1 +1\.50 \[0\.77–2\.62\] +35 % +1m 35s +\$6\.00$/);
    });

    it('is not driven by what somebody wrote into a title', () => {
      expect(prettyReport(report([line({ name: 'a\u001b[2Jb' })]))).to.contain('a\\u{1b}[2Jb');
    });
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
