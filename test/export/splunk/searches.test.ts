import { expect } from 'chai';
import type { CorrelationRule, Rule } from '@tollgate/sigma/rules/model';
import { splunk } from '../../../tools/export/splunk';
import { correlation, detection, DOOR, equals, NOTHING, test } from '../fixture';
import { readConf } from './conf';
import { wrongNames } from './names';

const LOOKUPS = {
  tollgate_prefixes: ['prefix', 'country'],
  tollgate_assets: ['account', 'asset'],
  tollgate_curves: ['curve'],
};

describe('the searches of rules for Splunk', () => {
  const bought = detection('bought', equals('action', 'buy'));
  const opened = detection('opened', equals('action', 'open'), { logsource: DOOR.logsource });
  /** The search of a correlation, with the rules that it needs; its names are checked. */
  const searchOf = (more: Partial<CorrelationRule>, others: Rule[] = []): string => {
    const rules = [bought, opened, ...others, correlation('many', more)];
    const { files, entries } = splunk({ ...NOTHING, rules });
    const entry = entries.find(({ rule }) => rule.title === 'Rule many')!;
    if (entry.exactness === 'refused') return entry.differences.join(' ');
    const search = readConf(files.get('tollgate/default/savedsearches.conf')!)
      .get('Tollgate - many - Rule')!
      .get('search')!;
    expect(wrongNames(search, LOOKUPS)).to.deep.equal([]);
    return search;
  };

  it('let each match come and go once, and add up over all groups', () => {
    const search = searchOf({ timespanMs: 60_000 });
    expect(search).to.include('| eval move=mvappend("in", "out")').and.to.include('t=if(move="in", t, t + 60001)');
    expect(search).to.include('| accum d').and.to.include('| eval met=if(value >= 3, 1, 0)');
  });

  it('let stretches of equal values come and go once where values are counted, each step where another reads them', () => {
    const distinct: Partial<CorrelationRule> = { type: 'value_count', condition: { gte: 3, field: ['number'] } };
    const search = searchOf(distinct);
    expect(search).to.include('| stats min(t) AS t_in max(t) AS t_out BY run g1 stretch').and.not.include('values(t)');
    const inner = correlation('inner', { ...distinct, id: 'inner' });
    const outer = searchOf({ type: 'temporal_ordered', rules: ['bought', 'inner'], condition: { gte: 2 } }, [inner]);
    expect(outer).to.include('values(t) AS steps').and.to.include('| append maxtime=600');
    expect(outer)
      .to.include('| eval b2=case(rule=1, b1, isnull(earlier), 0 - 1)')
      .and.to.include('| where begun >= t - 600000');
  });

  it('read several sources at once', () => {
    const search = searchOf({ type: 'temporal', rules: ['bought', 'opened'], condition: { gte: 2 } });
    expect(search)
      .to.match(/^\| multisearch/)
      .and.to.include('[ search `tollgate_index_shop_log`')
      .and.to.include('`tollgate_index_shop_door`');
  });

  it('count once what satisfies two rules of one source', () => {
    const sold = detection('sold', equals('action', 'sell'));
    const search = searchOf({ rules: ['bought', 'sold'] }, [sold]);
    expect(search).to.include('="buy" OR ').and.not.include('multisearch');
  });

  it('add up whole numbers as they are, and others to six digits', () => {
    const sum = (field: string) => searchOf({ type: 'value_sum', condition: { gte: 10, field: [field] } });
    expect(sum('tries')).to.include('v1=x_tries').and.to.include('value=if(n > 0, d, null())');
    expect(sum('price'))
      .to.include('v1=round(tonumber(x_price) * 1000000)')
      .and.to.include('value=if(n > 0, d / 1000000, null())');
    expect(searchOf({ type: 'value_avg', condition: { gte: 10, field: ['tries'] } })).to.include(
      'value=if(n > 0, d / n, null())',
    );
    expect(sum('new')).to.match(/adds up new, which is not a number/);
  });

  it('see a record for the run before where that saw it, and suppress what a late run tells twice', () => {
    const { files } = splunk({ ...NOTHING, rules: [bought, correlation('many', {})] });
    const settings = readConf(files.get('tollgate/default/savedsearches.conf')!).get('Tollgate - many - Rule')!;
    expect(settings.get('search')).to.include(
      'ingested <= info_max_time * 1000 - 390000, mvappend("before", "now"), "now")',
    );
    expect(settings.get('alert.suppress.period')).to.equal('330s');
    expect(settings.get('alert.suppress.fields')).to.equal('shop');
  });

  for (const [what, more, said] of [
    ['what is missing', { condition: { lt: 3 } }, /something is missing/],
    [
      'a percentile',
      { type: 'value_percentile', condition: { gte: 3, field: ['tries'], percentile: 90 } },
      /percentile/,
    ],
    [
      'a part of an order',
      { type: 'temporal_ordered', rules: ['bought', 'opened'], condition: { gte: 1 } },
      /part of the order/,
    ],
    [
      'rules that are grouped differently',
      { rules: ['bought', 'other'], aliases: { shop: { bought: 'shop', other: 'number' } } },
      /different fields/,
    ],
  ] as [string, Partial<CorrelationRule>, RegExp][])
    it(`refuse ${what}, with the reason`, () => {
      expect(searchOf(more, [detection('other', equals('action', 'other'))])).to.match(said);
    });

  for (const [what, value, said] of [
    ['keywords', { kind: 'pattern', field: null, parts: ['x'], cased: false }, /Keywords/],
    ['an empty text', { kind: 'pattern', field: 'action', parts: [], cased: false }, /counts as absent/],
    ['a number of a list', { kind: 'number', field: 'labels', op: 'eq', value: 1 }, /is a list/],
    [
      'a number of too many digits',
      { kind: 'number', field: 'tries', op: 'eq', value: '12345678901234567890' },
      /more digits/,
    ],
    [
      'a part of a time in a text',
      { kind: 'time', field: 'time', part: 'hour', op: 'lt', value: 6 },
      /part of the time/,
    ],
    [
      'a field within another',
      { kind: 'ref', field: 'action', other: 'shop', match: 'contains', cased: true },
      /contains/,
    ],
  ] as [string, Parameters<typeof test>[0], RegExp][])
    it(`refuse ${what}, with the reason`, () => {
      const { entries } = splunk({ ...NOTHING, rules: [detection('odd', test(value))] });
      expect(entries.map(({ exactness, differences }) => `${exactness}: ${differences.join(' ')}`).join())
        .to.match(/^refused: /)
        .and.match(said);
    });
});
