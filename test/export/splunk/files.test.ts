import { expect } from 'chai';
import { splunk } from '../../../tools/export/splunk';
import type { ExportResult, WholeContent } from '../../../tools/export/target';
import { CONTRACTS, correlation, detection, equals, NOTHING, SHOP } from '../fixture';
import { readConf } from './conf';
import { splunkContent } from './content';

describe('the files of the export for Splunk', function () {
  this.timeout(120_000);
  let content: WholeContent;
  let exported: ExportResult;
  const confOf = ({ files }: ExportResult, name: string) => readConf(files.get(`tollgate/default/${name}.conf`)!);
  const conf = (name: string) => confOf(exported, name);

  before(() => {
    content = splunkContent();
    exported = splunk(content);
  });

  it('are the same for the same content', () => {
    expect([...splunk(splunkContent()).files]).to.deep.equal([...exported.files]);
  });

  it('have every rule and query as an alert that is switched off, with a page and a filter', () => {
    const { entries, files } = exported;
    expect(entries.filter(({ exactness }) => exactness === 'refused').map(({ rule }) => rule.title)).to.deep.equal([]);
    expect(conf('savedsearches').size).to.equal(entries.length);
    const macros = conf('macros');
    for (const { path } of entries) {
      expect(files.has(path!), path!).to.equal(true);
      expect(macros.get(`tollgate_${path!.replace(/^respond\/|\.md$/g, '')}_filter`)?.get('definition')).to.equal(
        'search *',
      );
    }
    for (const [name, settings] of conf('savedsearches')) {
      expect(settings.get('disabled'), name).to.equal('1');
      expect(settings.get('enableSched'), name).to.equal('1');
      expect(settings.get('realtime_schedule'), name).to.equal('0');
      expect(settings.get('cron_schedule'), name).to.match(/^(\d+-59\/\d+ \*|\d+ (\*|\*\/\d+)) \* \* \*$/);
      expect(settings.get('dispatch.earliest_time'), name).to.match(/^-\d+m$/);
    }
  });

  it('look back as far as what they count', () => {
    for (const [name, settings] of conf('savedsearches')) {
      const back = Number(/^-(\d+)m$/.exec(settings.get('dispatch.earliest_time')!)![1]) * 60_000;
      const asked = [...settings.get('search')!.matchAll(/ts >= info_max_time \* 1000 - (\d+)/g)].map(([, ms]) =>
        Number(ms),
      );
      expect(asked.length, name).to.be.at.least(settings.get('search')!.includes('ingested > info_max_time') ? 0 : 1);
      for (const ms of asked) expect(ms, name).to.be.at.most(back);
    }
  });

  it('use only macros and lookups that the app has', () => {
    const macros = conf('macros');
    const lookups = conf('transforms');
    const texts = [...conf('savedsearches').values(), ...macros.values(), ...conf('eventtypes').values()];
    for (const settings of texts) {
      const text = settings.get('search') ?? settings.get('definition')!;
      for (const [, name, field] of text.matchAll(/`(\w+)(\(\w+\))?`/g))
        expect(macros.has(field === undefined ? name! : `${name}(1)`), name).to.equal(true);
      for (const [, name] of text.matchAll(/\| (?:input)?lookup (?:append=true )?(\w+)/g))
        expect(lookups.has(name!), name).to.equal(true);
    }
    for (const settings of lookups.values())
      expect(exported.files.has(`tollgate/lookups/${settings.get('filename')!}`)).to.equal(true);
  });

  it('have JSON where Enterprise Security reads JSON, about fields that results have', () => {
    for (const [name, settings] of conf('savedsearches')) {
      const table = /\| table (.*)/.exec(settings.get('search')!)![1]!.replace(' \\', '').trim().split(', ');
      const { mitre_attack: techniques } = JSON.parse(settings.get('action.correlationsearch.annotations')!) as {
        mitre_attack: string[];
      };
      for (const technique of techniques) expect(technique, name).to.match(/^T\d{4}(\.\d{3})?$/);
      const objects = JSON.parse(settings.get('action.risk.param._risk') ?? '[]') as {
        risk_object_field: string;
        risk_score: number;
      }[];
      for (const { risk_object_field: field } of objects) expect(table, name).to.include(field);
      for (const field of settings.get('alert.suppress.fields')!.split(',')) expect(table, name).to.include(field);
      const drilldowns = JSON.parse(settings.get('action.notable.param.drilldown_searches')!) as { search: string }[];
      for (const { search } of drilldowns)
        for (const [, field] of search.matchAll(/\$(\w+)\|s\$/g)) expect(table, name).to.include(field);
    }
  });

  it('read the sourcetype of an add-on where a shape knows one, and one of their own elsewhere', () => {
    const definition = (name: string) => conf('macros').get(name)!.get('definition')!;
    expect(definition('tollgate_index_aws_cloudtrail')).to.equal('index=* sourcetype="aws:cloudtrail"');
    expect(definition('tollgate_index_twilio_verify')).to.equal('index=* sourcetype="tollgate:twilio.verify"');
    expect(definition('tollgate_google_audit')).to.include('spath(_raw, "data.protoPayload.methodName")');
    expect(definition('tollgate_okta_system')).to.include('spath(_raw, "target{}.type")');
    expect(definition('tollgate_aws_waf')).to.include(
      'spath(_raw, "ruleGroupList{}.nonTerminatingMatchingRules{}.ruleId")',
    );
    expect(definition('tollgate_twilio_monitor'))
      .to.include('x_event_data_resource_properties_name=name')
      .and.to.include('mvmap(name, spath(json_extract_exact(object, name), "previous"))');
    expect(definition('tollgate_azure_entra')).to.include(
      '| where lower(coalesce(spath(_raw, "category"), ""))="signinlogs"',
    );
  });

  it('ask a macro of the site where a filter has a placeholder, before anything is counted', () => {
    const macros = conf('macros');
    const site = [...macros.keys()].filter((name) => name.startsWith('tollgate_site_'));
    expect(site).to.include('tollgate_site_load_test_blocks(1)').and.to.include('tollgate_site_office_networks(1)');
    for (const name of site) expect(macros.get(name)!.get('definition')).to.equal('1=0');
    const search = (all: typeof macros) => all.get('Tollgate - otp_client_many_numbers - Rule')!.get('search')!;
    expect(search(conf('savedsearches'))).to.match(
      /where .*NOT \(if\(`tollgate_site_office_networks\(x_client_ip\)`, 1, 0\)=1\)/,
    );
    const written = { ...content.written, placeholders: { office_networks: ['203.0.113.0/28'] } };
    const filled = splunk({ ...content, written });
    expect(search(confOf(filled, 'savedsearches'))).to.include(
      'NOT (if(cidrmatch("203.0.113.0/28", x_client_ip), 1, 0)=1)',
    );
    expect([...confOf(filled, 'macros').keys()]).to.not.include('tollgate_site_office_networks(1)');
  });

  it('are not written for what reads a field that an add-on lacks, with the reason', () => {
    const lacks = { number: 'the add-on drops it' };
    const fields = Object.fromEntries(
      Object.keys(SHOP.fields)
        .filter((field) => field !== 'number' && field !== 'time')
        .map((field) => [field, { field, type: 'keyword' as const, evidence: 'seen' as const, file: 'f' }]),
    );
    const shape = {
      id: SHOP.id,
      title: "The shop's add-on",
      platform: 'splunk',
      index: 'shop',
      repository: 'https://shop.example',
      files: { f: 'f' },
      fields,
      lacks,
    };
    const rules = [
      detection('bought', equals('action', 'buy')),
      detection('numbered', equals('number', '+1')),
      correlation('blocks', { type: 'value_count', condition: { gte: 3, field: ['block'] } }),
    ];
    const { entries } = splunk({ ...NOTHING, contracts: CONTRACTS, rules, shapes: [shape] });
    expect(entries.map(({ rule, exactness, differences }) => [rule.title, exactness, ...differences])).to.deep.equal([
      ['Rule numbered', 'refused', "The shop's add-on has no number: the add-on drops it."],
      ['Rule blocks', 'refused', "The shop's add-on has no block: it is derived of fields that are lacking."],
    ]);
  });

  it('say on their page how they are installed, verified and removed, what they mean, and what is refused', () => {
    const page = exported.files.get('README.md')!;
    expect(page).to.include('**parsed, not run**').and.not.include('**executed**');
    for (const part of ['Install', 'Verify', 'Remove', 'What it means', 'Sources', 'Detectors'])
      expect(page).to.include(`\n## ${part}\n`);
    for (const { rule } of exported.entries) expect(page).to.include(rule.title);
  });
});
