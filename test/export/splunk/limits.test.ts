import { expect } from 'chai';
import { splunk } from '../../../tools/export/splunk';
import { beyondLimits, LIMIT_PAGES, LIMITS } from '../../../tools/export/splunk/limits';
import { detection, equals, NOTHING } from '../fixture';

const SETTINGS = {
  'action.notable.param.severity': 'high',
  'action.notable.param.security_domain': 'threat',
  'action.correlationsearch.annotations': '{"mitre_attack":["T1496","T1496.003"]}',
  'action.risk.param._risk': '[{"risk_object_field":"asset_id","risk_object_type":"other","risk_score":100}]',
};

describe("the validator of Enterprise Security's limits", () => {
  const wrong = (more: Record<string, string>, name = 'x'.repeat(81)): string =>
    beyondLimits({ name, settings: { ...SETTINGS, ...more } }).join(' ');

  it('finds nothing wrong with an alert that is at every limit', () => expect(wrong({})).to.equal(''));

  for (const [what, more, said] of [
    ['a severity', { 'action.notable.param.severity': 'fatal' }, /severity is fatal/],
    ['a security domain', { 'action.notable.param.security_domain': 'sms' }, /no security domain sms/],
    [
      'a technique',
      { 'action.correlationsearch.annotations': '{"mitre_attack":["t1496"]}' },
      /t1496 is not the number of a technique/,
    ],
    ['a score', { 'action.risk.param._risk': '[{"risk_score":101}]' }, /score of 101/],
    ['no score', { 'action.risk.param._risk': '[{"risk_score":0}]' }, /score of 0/],
  ] as [string, Record<string, string>, RegExp][])
    it(`finds ${what} beyond them`, () => expect(wrong(more)).to.match(said));

  it('finds a name beyond them, and keeps it out of the app with the reason', () => {
    expect(wrong({}, 'x'.repeat(82))).to.match(/has 82 characters.*would have 100/);
    const rule = detection('bought', equals('action', 'buy'), { file: `rules/shop/${'x'.repeat(70)}.yml` });
    const { files, entries } = splunk({ ...NOTHING, rules: [rule] });
    expect(entries.map(({ exactness, differences }) => [exactness, differences.join()])[0]![1]).to.match(
      /name has 88 characters/,
    );
    expect(files.get('tollgate/default/savedsearches.conf')).to.not.include('xxxx');
  });

  it('says where each limit comes from', () => {
    expect(Object.keys(LIMIT_PAGES)).to.have.members(Object.keys(LIMITS));
    for (const page of Object.values(LIMIT_PAGES)) expect(page).to.match(/^https:\/\/github\.com\/splunk\//);
  });
});
