import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaDiagnostics } from '../../../tools/foundation/content/schema';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { evidenceOf, type FieldDetector, type FieldEvidence } from '../../../tools/evidence/own-logs/field-evidence';
import { loadFieldEvidence } from '../../../tools/evidence/own-logs/field-files';
import { fieldDoubt } from '../../../tools/evidence/own-logs/field-proof';
import { evidenceText } from '../../../tools/command/report/evidence';
import { contentOf, queued, replayOf, run } from './logs';

const RULE = 'rules/twilio/twilio_message_block_burst.yml';
const records = [
  ...run(0, 60, '+9940001'),
  ...Array.from({ length: 200 }, (_, n) => queued(20 * n, `+4915${1000 + n}0000`)),
];

describe('evidence from real logs', () => {
  it('has the figures of known rules, satisfies its schema and holds no value of a record', async () => {
    const report = await replayOf(contentOf(RULE), records);
    const { id, digest } = report.rules[0]!;
    const evidence = evidenceOf(report, 'shop-1', new Map([[id, digest]]));
    expect(evidence.sources).to.deep.equal([{ id: 'twilio.messaging', form: 'json', days: 2.7, records_a_day: 10 }]);
    const [detector] = evidence.detectors;
    expect(detector).to.deep.include({ id, digest, days: 2.7, sends: 100, episodes: 1 });
    const text = evidenceText(evidence);
    expect(schemaDiagnostics('field-evidence', parseYaml('shop-1.yml', text).documents[0]!)).to.deep.equal([]);
    expect(parseYaml('shop-1.yml', text).documents[0]!.value).to.deep.equal(evidence);
    const { group, first } = report.rules[0]!.alerts[0]!;
    const values = [
      ...Object.values(group),
      ...first.flatMap((event) => [event.time, event.place.file, ...Object.values(event.values)]),
    ];
    expect(values.filter((value) => text.includes(String(value)))).to.deep.equal([]);
  });

  it('leaves out rules that the repository has not, or has otherwise, and a nearness with an attack in it', async () => {
    const report = await replayOf(contentOf(RULE), records, '2026-08-03T00:00Z/PT1H');
    const { id, digest } = report.rules[0]!;
    expect(evidenceOf(report, 'a', new Map([[id, 'other']])).detectors).to.deep.equal([]);
    expect(evidenceOf(report, 'a', new Map()).detectors).to.deep.equal([]);
    expect(evidenceOf(report, 'a', new Map([[id, digest]])).detectors[0]).to.include({ nearness: null, episodes: 0 });
  });

  it('has no place for anything else', () => {
    const base = 'site: a\nengine: memory\nsources: [{id: a.b, form: json, days: 1, records_a_day: 10}]\n';
    const detector =
      'id: 5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01, digest: "00000000000000000000000000000000", days: 1, sends: 10, episodes: 0';
    const found = (text: string) =>
      schemaDiagnostics('field-evidence', parseYaml('a.yml', text).documents[0]!).map(({ code }) => code);
    expect(found(`${base}detectors: [{${detector}, nearness: null}]\n`)).to.deep.equal([]);
    for (const wrong of [
      `${base}detectors: [{${detector}, nearness: null, number: "+994000100217"}]\n`,
      `${base}note: x\ndetectors: [{${detector}, nearness: null}]\n`,
      `${base}detectors: [{${detector.replace('sends: 10', 'sends: 12')}, nearness: null}]\n`,
      `${base.replace('site: a', 'site: Ann Smith')}detectors: [{${detector}, nearness: null}]\n`,
    ])
      expect(found(wrong), wrong).not.to.deep.equal([]);
  });
});

describe('a folder of evidence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  after(() => rmSync(folder, { recursive: true }));

  it('has a file a site, of its name; a file with an error is no evidence', () => {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const good = evidenceText(siteOf('a', {}));
    const files = [file('a.yml', good), file('b.yml', good), file('c.yml', 'site: c\n'), file('d.yml', '{')];
    const { evidence, diagnostics } = loadFieldEvidence(files);
    expect(evidence.map(({ site }) => site)).to.deep.equal(['a']);
    expect(new Set(diagnostics.map((one) => one.file))).to.deep.equal(new Set(files.slice(1)));
    expect(diagnostics.map(({ code }) => code))
      .to.include('wrong-file-name')
      .and.to.include('missing-key');
  });
});

const CLAIM = {
  id: '5d0fd4b5-6f1a-4f1c-9c0a-0d6f1d1f0b01',
  digest: '0'.repeat(32),
  budget: { max: 0.05, per: 'day', world: 'worst' } as const,
};

function siteOf(site: string, detector: Partial<FieldDetector>): FieldEvidence {
  const { id, digest } = CLAIM;
  return {
    site,
    engine: 'memory',
    sources: [{ id: 'a.b', form: 'json', days: 40, records_a_day: 10 }],
    detectors: [{ id, digest, days: 40, sends: 10, episodes: 0, nearness: null, ...detector }],
  };
}

describe('what carries a rule to stable', () => {
  it('is the evidence of two sites which together prove its budget', () => {
    expect(fieldDoubt(CLAIM, [siteOf('a', {}), siteOf('b', {})])).to.equal(null);
  });

  for (const [what, evidence, why] of [
    ['of one site', [siteOf('a', { days: 100 })], '1 of 2 sites'],
    [
      'of a rule as it was before',
      [siteOf('a', {}), siteOf('b', { digest: '1'.repeat(32) })],
      '1 of it as it was before',
    ],
    ['of too few days', [siteOf('a', { days: 10 }), siteOf('b', { days: 10 })], 'too few days'],
    [
      'of a site that has it over its budget',
      [siteOf('a', { days: 900 }), siteOf('b', { episodes: 20 })],
      'b has it over its budget',
    ],
    ['of no day', [siteOf('a', {}), siteOf('b', { days: 0 })], '1 of 2 sites'],
  ] as const)
    it(`is not that ${what}`, () => expect(fieldDoubt(CLAIM, evidence)).to.include(why));

  it('is nothing where there is no budget', () => {
    expect(fieldDoubt({ ...CLAIM, budget: undefined }, [siteOf('a', {}), siteOf('b', {})])).to.include('no budget');
  });
});
