import { expect } from 'chai';
import { aws } from '../../../tools/export/aws';
import type { ListedDetector } from '../../../tools/export/aws/detectors';
import { detection, equals, NOTHING, test } from '../fixture';
import { awsContent, awsExport } from './content';
import { fill } from './filled';

describe('the files of the export for AWS', function () {
  this.timeout(300_000);
  const json = (path: string): unknown => JSON.parse(awsExport().files.get(path)!);
  const detectors = () => json('statements/detectors.json') as ListedDetector[];

  it('are the same for the same content', () => {
    expect([...aws(awsContent()).files]).to.deep.equal([...awsExport().files]);
  });

  it('have every rule and query with its statement, its page and its place in the list', () => {
    const { entries, files } = awsExport();
    expect(entries.filter(({ exactness }) => exactness === 'refused').map(({ rule }) => rule.title)).to.deep.equal([]);
    expect(detectors().map(({ name }) => `statements/detectors/${name}.sql`)).to.have.members(
      entries.map(({ path }) => path),
    );
    for (const { name } of detectors()) expect(files.has(`respond/${name}.md`), name).to.equal(true);
  });

  it('list statements that are there, each one alone and without an end', () => {
    const { files } = awsExport();
    for (const list of ['setup', 'maintain'])
      for (const path of json(`statements/${list}.json`) as string[]) expect(files.has(path), path).to.equal(true);
    const sql = [...files].filter(([path]) => path.endsWith('.sql'));
    expect(sql.length).to.be.greaterThan(300);
    for (const [path, text] of sql) expect(text.trimEnd(), path).to.not.match(/;$/);
  });

  it('leave nothing open when they are filled in', async () => {
    for (const [path, text] of awsExport().files)
      if (path.endsWith('.sql')) expect(await fill(text), path).to.not.match(/\{'\w+'\}/);
  });

  it('ask of each source for the forms that have all that a detector reads', () => {
    const needs = new Map(detectors().map((one) => [one.name, one.needs]));
    expect(needs.get('sms_voice_send_block_burst')).to.deep.equal([' lines__aws_cloudtrail athena__aws_cloudtrail ']);
    expect(needs.get('sms_voice_control_weakened')).to.deep.equal([
      ' lines__aws_cloudtrail athena__aws_cloudtrail security_lake__aws_cloudtrail ',
    ]);
    expect(needs.get('waf_acfp_volumetric')).to.deep.equal([' lines__aws_waf athena__aws_waf ']);
    expect(needs.get('waf_client_flood')![0]).to.include('security_lake__aws_waf');
    for (const [name, forms] of needs) for (const form of forms) expect(form, name).to.match(/^ lines__\w+( \w+)* $/);
    const { files } = awsExport();
    for (const form of new Set([...needs.values()].flat().flatMap((one) => one.trim().split(' ')))) {
      expect(files.has(`templates/sources/${form}.json`), form).to.equal(true);
      expect(files.has(`statements/load/${form}.sql`), form).to.equal(true);
    }
  });

  it('say when a query is due as its schedule does', () => {
    const { queries } = awsContent();
    const timed = detectors().filter(({ everyMs }) => everyMs !== undefined);
    expect(timed.length)
      .to.equal(queries.filter(({ schedule }) => schedule !== undefined).length)
      .and.be.greaterThan(50);
  });

  it('keep every text of a rule, whatever stands in it', async () => {
    const odd = [
      "{'run'}",
      '{bucket}',
      "it's",
      '$1 $& ${x}',
      'a\\b',
      '"',
      '{% $x %}',
      '%',
      '`',
      'ü – 漢',
      'a\nb',
      '--',
      ';',
      '{{x}}',
    ];
    for (const text of odd) {
      const rules = [detection('odd', equals('action', text, true), { title: `Rule ${text}`, description: text })];
      const { files, entries } = aws({ ...NOTHING, rules });
      expect(entries[0]!.exactness, text).to.equal('exact');
      const statement = files.get('statements/detectors/odd.sql')!;
      expect(await fill(statement), text).to.include(`'${text.replaceAll("'", "''")}'`);
      for (const [path, each] of files)
        if (path.endsWith('.json')) expect(() => JSON.parse(each) as unknown, path).to.not.throw();
      const comment = statement.split('\n').filter((line) => line.startsWith('--')).length;
      expect(comment).to.be.at.least(3);
    }
  });

  it('are not written for what SQL can not say, with the reason', () => {
    const rules = [
      detection('keyword', test({ kind: 'pattern', field: null, parts: ['x'], cased: false })),
      detection(
        'regex',
        test({ kind: 'regex', field: 'action', source: 'a+', ignoreCase: false, multiline: false, dotAll: false }),
      ),
      detection('bought', equals('action', 'buy')),
    ];
    const { entries, files } = aws({ ...NOTHING, rules });
    const said = new Map(entries.map(({ rule, exactness, differences }) => [rule.id, [exactness, ...differences]]));
    expect(said.get('keyword')![1]).to.match(/Keywords/);
    expect(said.get('regex')![1]).to.match(/RE2/);
    expect(said.get('bought')).to.deep.equal(['exact']);
    expect(files.get('README.md')).to.include('1 of 3 are written, 2 are refused');
    expect(files.has('templates/metric-filters.json')).to.equal(false);
  });

  it('say on their page how they are installed, verified and removed, what they mean, and what can not run where', () => {
    const page = awsExport().files.get('README.md')!;
    expect(page).to.include('**parsed, not run**').and.not.include('**executed**');
    for (const part of [
      'Install',
      'Verify',
      'Remove',
      'What it means',
      'Sources',
      'Alarms on spend',
      'Metric filters',
      'Detectors',
    ])
      expect(page).to.include(`\n## ${part}\n`);
    for (const { rule } of awsExport().entries) expect(page).to.include(rule.title);
    expect(page).to.match(
      /`security_lake__aws_cloudtrail` \|.*End User Messaging is asked to text many numbers of one block \(`asset|destination/,
    );
  });
});
