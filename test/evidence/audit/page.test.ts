import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { audit, PARTS } from '../../../tools/evidence/audit/audit';
import { leaks } from '../../../tools/evidence/audit/leaks';
import { nearMisses } from '../../../tools/evidence/audit/near-misses';
import type { PartResult } from '../../../tools/evidence/audit/part';
import { realism } from '../../../tools/evidence/audit/realism';
import { sensitivity } from '../../../tools/evidence/audit/sensitivity';
import { STANDING } from '../../../tools/evidence/audit/standing';
import { readResults } from '../../../tools/evidence/measure/stored';
import { AUDIT_FORMATS } from '../../../tools/command/report/audit';
import { plain } from '../../../tools/foundation/content/markdown';
import { ALL_SCENARIOS, AUDITED, optionsFor } from './run';

const RESULT: PartResult = {
  part: 'leaks',
  title: 'Leaks',
  about: 'What was done.',
  tables: [
    {
      title: 'A table',
      columns: ['what', 'count', 'share', 'figure'],
      rows: [
        ['a | b', 12_345, { value: 0.8123, kind: 'share' }, { value: 0.5, kind: 'figure', wrong: true }],
        ['c', null, null, { value: 1234.5, kind: 'figure' }],
      ],
    },
  ],
  findings: ['c: something_wrong'],
};

describe('the page of the audit', () => {
  it('is told in three formats', () => {
    const pretty = AUDIT_FORMATS.pretty([RESULT]).split('\n');
    expect(pretty.slice(2, 5)).to.deep.equal([
      'what    count   share   figure',
      'a | b  12,345  81.2 %  0.500 ✗',
      'c           –       –    1,235',
    ]);
    expect(pretty).to.include.members(['✗ c: something_wrong', '1 finding']);
    const markdown = AUDIT_FORMATS.markdown([RESULT]);
    expect(markdown).to.include('| a \\| b | 12,345 | 81.2 % | 0.500 ✗ |');
    expect(markdown).to.include('| --- | --: | --: | --: |');
    expect(markdown).to.include('- ✗ c: something\\_wrong');
    const json = JSON.parse(AUDIT_FORMATS.json([RESULT])) as {
      findings: number;
      parts: { tables: { rows: unknown[] }[] }[];
    };
    expect(json.findings).to.equal(1);
    expect(json.parts[0]!.tables[0]!.rows[0]).to.deep.equal({
      what: 'a | b',
      count: 12_345,
      share: 0.8123,
      figure: 0.5,
    });
  });

  describe('in docs', () => {
    const page = readFileSync('docs/audit.md', 'utf8');

    it('has every part, and no finding but those that are accepted and how sensitive rules are', () => {
      for (const { title } of PARTS) expect(page).to.include(`\n## ${title}\n`);
      const parts = page.split('\n## ').filter((part) => !part.startsWith(sensitivity.title));
      const findings = parts.flatMap((part) => part.split('\n').filter((line) => line.startsWith('- ✗')));
      expect(findings.filter((line) => !line.includes('. Accepted: '))).to.deep.equal([]);
      for (const { why } of STANDING) expect(page).to.include(plain(why));
    });

    it('is what the data gives: run `tollgate audit --out docs/audit.md` where this fails', async () => {
      // It occurs in this world alone, so that its row is the page's.
      const [scenario] = await audit([leaks], optionsFor(['stolen-infobip-key'], ['clinic-booking']));
      expect(page).to.include(rowsIn(AUDIT_FORMATS.markdown([scenario!]), '### What gives')[0]);
      const [shop] = await audit([realism], optionsFor(ALL_SCENARIOS));
      const heading = '### Generated in each world';
      const shown = rowsIn(page, heading).map((row) => cellOf(row, 1 + AUDITED.indexOf('regional-shop')));
      const generated = rowsIn(AUDIT_FORMATS.markdown([shop!]), heading);
      expect(shown).to.deep.equal(generated.map((row) => cellOf(row, 1)));
    });

    it('has of a rule what a run of that rule alone gives', async () => {
      const [alone] = await audit(
        [nearMisses],
        optionsFor(ALL_SCENARIOS, ['clinic-booking'], ['infobip_block_flood.yml']),
      );
      const [row] = rowsIn(AUDIT_FORMATS.markdown([alone!]), '### Nearest benign activity');
      expect(rowsIn(page, '### Nearest benign activity')).to.include(row);
    });

    it('has each world, and each rule and query that was measured: run `tollgate audit --out docs/audit.md` where this fails', () => {
      expect(page).to.include(`| figure | ${AUDITED.join(' | ')} |`);
      const titles = readResults('measurement/results.json')!.detectors.map(({ title }) => plain(title));
      const shown = (heading: string): string[] => rowsIn(page, heading).map((row) => cellOf(row, 0));
      expect(shown('### Nearest benign activity')).to.have.members(titles);
      expect(shown('### Caught · ordinary · special')).to.have.members(titles);
    });
  });
});

function cellOf(row: string, column: number): string {
  return row.split(/ ?\| ?/)[column + 1]!;
}

/** The rows of the table below a heading. */
function rowsIn(page: string, heading: string): string[] {
  const lines = page.slice(page.indexOf(heading)).split('\n').slice(4);
  return lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('|')),
  );
}
