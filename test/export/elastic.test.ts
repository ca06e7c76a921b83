import { expect } from 'chai';
import type { Act } from '../../tools/detection/acts/act';
import { elastic } from '../../tools/export/elastic';
import type { KibanaRule } from '../../tools/export/elastic/rule';
import type { ExportEntry } from '../../tools/export/target';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { CONTRACTS, correlation, detection, DOOR, equals, SHOP } from './fixture';

const bought = detection('bought', equals('action', 'bought'));
const entered = detection('entered', equals('action', 'entered'), { logsource: DOOR.logsource });

const ACTS = new Map<string, Act>([
  [
    'shop.close-door',
    {
      id: 'shop.close-door',
      title: 'Close the door',
      when: 'Somebody comes who should not.',
      call: 'door <name>\n  --close',
      undo: 'Open it.',
      cost: 'Nobody enters.',
      reference: 'https://example.com/door',
      evidence: 'documented',
    },
  ],
]);

/** The rules that Kibana would import, and the report. */
function run(rules: Rule[]): { rules: KibanaRule[]; files: Map<string, string>; entries: ExportEntry[] } {
  const { files, entries } = elastic({ rules, queries: [], incidents: [], contracts: CONTRACTS, acts: ACTS });
  const lines = files.get('rules.ndjson')!.trimEnd().split('\n');
  return { rules: lines.slice(0, -1).map((line) => JSON.parse(line) as KibanaRule), files, entries };
}

function one(more: Partial<CorrelationRule>): { entry: ExportEntry; rule: KibanaRule | undefined } {
  const { rules, entries } = run([bought, entered, correlation('counted', more)]);
  const entry = entries.find(({ rule }) => rule.id === 'counted')!;
  return { entry, rule: rules.find(({ rule_id }) => rule_id === 'counted') };
}

describe('the export for Elastic', () => {
  it('writes each rule as a file and as a line, and says in the last line how many there are', () => {
    const { files, rules } = run([bought]);
    expect([...files.keys()].sort()).to.deep.equal([
      'README.md',
      'install.sh',
      'pipelines/shop.door.json',
      'pipelines/shop.log.json',
      'rules.ndjson',
      'rules/rule-bought.json',
      'templates/shop.door.json',
      'templates/shop.log.json',
      'uninstall.sh',
    ]);
    expect(JSON.parse(files.get('rules/rule-bought.json')!)).to.deep.equal(rules[0]);
    const last = JSON.parse(files.get('rules.ndjson')!.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
    expect(last).to.include({ exported_count: 1, exported_rules_count: 1, missing_rules_count: 0 });
  });

  it('writes the same bytes for the same content', () => {
    const content = [bought, correlation('counted', {})];
    expect([...run(content).files]).to.deep.equal([...run(content).files]);
  });

  it("fills in what Kibana's schema asks for", () => {
    const attributes = { tollgate: { response: 'Block it.', acts: ['shop.close-door'], evasion: 'Be slow.' } };
    const [rule] = run([{ ...bought, attributes }]).rules;
    expect(rule).to.deep.include({
      type: 'query',
      language: 'lucene',
      query: 'action.folded:"bought"',
      index: ['logs-tollgate.shop.log-*'],
      rule_id: 'bought',
      name: 'Rule bought',
      severity: 'high',
      risk_score: 73,
      enabled: false,
      interval: '5m',
      from: 'now-10m',
      timestamp_override: 'event.ingested',
      license: 'Apache-2.0',
      false_positives: ['A sale.'],
      investigation_fields: { field_names: ['shop', 'client.ip', 'number'] },
      required_fields: [
        { name: '@timestamp', type: 'date', ecs: true },
        { name: 'action', type: 'keyword', ecs: false },
        { name: 'event.ingested', type: 'date', ecs: true },
      ],
    });
    expect(rule!.threat).to.deep.equal([
      {
        framework: 'MITRE ATT&CK',
        tactic: { id: 'TA0040', name: 'Impact', reference: 'https://attack.mitre.org/tactics/TA0040/' },
        technique: [
          {
            id: 'T1496',
            name: 'Resource Hijacking',
            reference: 'https://attack.mitre.org/techniques/T1496/',
            subtechnique: [
              { id: 'T1496.003', name: 'SMS Pumping', reference: 'https://attack.mitre.org/techniques/T1496/003/' },
            ],
          },
        ],
      },
    ]);
    expect(rule!.note).to.contain('Block it.').and.contain('Be slow.').and.contain('do not edit');
    const step =
      '1. **Close the door.**\n\n   ```text\n   door <name>\n     --close\n   ```\n\n   Undo: Open it. Cost to honest users: Nobody enters. See <https://example.com/door>.';
    expect(rule!.note).to.contain(`## What to do\n\nBlock it.\n\n${step}\n\n## How`);
    expect(rule!.meta.generated).to.contain('rules/shop/bought.yml');
  });

  it('counts exactly, and tells once what has come to hold since the run before', () => {
    const { entry, rule } = one({ timespanMs: 600_000, condition: { gt: 2 } });
    expect(entry).to.include({ type: 'esql', exactness: 'exact' });
    expect(rule).to.not.have.property('index');
    expect(rule).to.not.have.property('version');
    // Kibana suppresses alerts only with a licence.
    expect(rule).to.not.have.property('alert_suppression');
    // Twice ten minutes, a minute of delay, five minutes of interval and one more.
    expect(rule).to.include({ from: 'now-27m', interval: '5m', max_signals: 1000 });
    expect(rule!.query)
      .to.contain('event.ingested <= NOW() - 330 seconds')
      .and.contain('MV_COUNT(begins) >= 3')
      .and.contain('met > told_until + 600000');
  });

  it('reads no id, which Elasticsearch reads slowly, and expands no list beside another, which would be copied into each row', () => {
    const kinds: Partial<CorrelationRule>[] = [
      { condition: { gte: 3 } },
      { type: 'value_count', condition: { field: ['number'], gte: 3 } },
      { type: 'temporal_ordered', rules: ['bought', 'entered'], condition: { gte: 2 } },
    ];
    for (const more of kinds) {
      const { query } = one(more).rule!;
      expect(query).to.not.match(/METADATA.*_id/);
      expect(query).to.match(
        /\| EVAL held = MV_ZIP.*\n\| DROP (begins|ends, begins|begins, ends|points)\n\| MV_EXPAND held/,
      );
    }
  });

  it('counts different values exactly, and never by an estimate', () => {
    const { entry, rule } = one({ type: 'value_count', condition: { field: ['number'], gte: 20 } });
    expect(entry).to.include({ type: 'esql', exactness: 'exact' });
    expect(rule!.query).to.contain('counted = TO_STRING(number)').and.not.contain('COUNT_DISTINCT');
  });

  it('shows of an alert what it has', () => {
    const { rule } = one({ type: 'value_count', condition: { field: ['number'], gte: 20 } });
    const kept = /\| KEEP (.*)/.exec(rule!.query)![1]!.split(', ');
    const { field_names } = rule!.investigation_fields;
    expect(kept).to.include.members(field_names);
    expect(field_names).to.include.members(['shop', 'total', 'met_at']);
  });

  it('gives the level of a sum with its windows', () => {
    const { entry } = one({ type: 'value_sum', condition: { field: ['price'], gte: 5 } });
    expect(entry.exactness).to.equal('superset');
    expect(entry.differences.join(' ')).to.contain("A window may be longer than the rule's: 630 s instead of 600 s.");
  });

  it('reads several sources, and tells them apart by their index', () => {
    const { rule } = one({ type: 'temporal', rules: ['bought', 'entered'], condition: { gte: 2 } });
    expect(rule!.query).to.match(/^FROM logs-tollgate\.shop\.log-\*, logs-tollgate\.shop\.door-\* METADATA _index\n/);
    expect(rule!.query).to.contain('_index LIKE "*tollgate.shop.door-*" AND action.folded == "entered"');
    expect(rule!.from, 'the slower source decides').to.equal('now-146m');
  });

  const refused: [string, Partial<CorrelationRule>, RegExp][] = [
    ['an upper bound', { condition: { gte: 3, lt: 9 } }, /only conditions with gt or gte/],
    ['a condition that silence satisfies', { condition: { lt: 3 } }, /only conditions with gt or gte/],
    ['a mean', { type: 'value_avg', condition: { field: ['price'], gte: 3 } }, /mean rises/],
    ['a rule that is not there', { rules: ['sold'] }, /sold/],
    ['a technique without a name', { tags: ['attack.impact', 'attack.t9999'] }, /attack\.t9999/],
  ];
  for (const [name, more, reason] of refused) {
    it(`refuses ${name}, writes no file for it and gives the reason in the report`, () => {
      const { entry, rule } = one(more);
      expect(entry).to.include({ exactness: 'refused', type: '-', path: null });
      expect(entry.differences.join()).to.match(reason);
      expect(rule).to.equal(undefined);
    });
  }

  it('exports a detection that others count only where it is a rule in its own right', () => {
    const ids = (rules: Rule[]): string[] => run(rules).entries.map(({ rule }) => rule.id);
    expect(ids([bought, correlation('counted', {})])).to.deep.equal(['counted']);
    expect(ids([bought, correlation('counted', { generate: true })])).to.deep.equal(['bought', 'counted']);
    expect(ids([{ ...bought, attributes: { tollgate: {} } }, correlation('counted', {})])).to.deep.equal([
      'bought',
      'counted',
    ]);
  });

  it('lists every rule on the page, with what differs', () => {
    const { files } = run([
      bought,
      correlation('counted', { type: 'value_avg', condition: { field: ['price'], gte: 1 } }),
    ]);
    const page = files.get('README.md')!;
    expect(page).to.contain('do not edit');
    expect(page).to.match(/\| Rule counted \| - \| refused \| .*mean rises/);
    expect(page).to.contain('`logs-tollgate.shop.log-<namespace>`');
  });

  it('folds the case of every text in the template, and keeps undocumented fields out of the index', () => {
    const template = JSON.parse(run([]).files.get('templates/shop.log.json')!) as {
      index_patterns: string[];
      template: {
        settings: { index: { default_pipeline: string } };
        mappings: { dynamic: boolean; properties: Record<string, unknown> };
      };
    };
    const { settings, mappings } = template.template;
    expect(template.index_patterns).to.deep.equal(['logs-tollgate.shop.log-*']);
    expect(settings.index.default_pipeline).to.equal('logs-tollgate.shop.log');
    expect(mappings.dynamic).to.equal(false);
    expect(mappings.properties['client.ip']).to.deep.equal({ type: 'ip' });
    expect(mappings.properties['action']).to.have.nested.property('fields.folded.normalizer');
    expect(mappings.properties['event.ingested']).to.deep.equal({ type: 'date' });
    expect(mappings.properties['@timestamp']).to.deep.equal({ type: 'date', ignore_malformed: false });
    expect(SHOP.fields).to.have.property('action');
  });
});
