import { expect } from 'chai';
import type { CorrelationRule } from '@tollgate/sigma/rules/model';
import type { Test } from '@tollgate/sigma/rules/plan';
import { opensearch } from '../../../tools/export/opensearch';
import { RUN, type Monitor } from '../../../tools/export/opensearch/monitor';
import type { ExportResult, WholeContent } from '../../../tools/export/target';
import { correlation, detection, equals, NOTHING, test } from '../fixture';
import { repository } from '../sql/detectors';

describe('the files of the export for OpenSearch', function () {
  this.timeout(120_000);
  let content: WholeContent;
  let exported: ExportResult;
  const monitor = ({ files }: ExportResult, path: string) => JSON.parse(files.get(path)!) as Monitor;

  before(() => {
    ({ content } = repository());
    exported = opensearch(content);
  });

  it('are the same for the same content', () => {
    expect([...opensearch(content).files]).to.deep.equal([...exported.files]);
  });

  it('have every rule and query as a monitor that is switched off, with a page and stored scripts', () => {
    const { entries, files } = exported;
    expect(entries.filter(({ exactness }) => exactness === 'refused').map(({ rule }) => rule.title)).to.deep.equal([]);
    for (const { path, rule } of entries) {
      const made = monitor(exported, path!);
      expect(made.enabled, path!).to.equal(false);
      expect(made.schedule.period.interval, path!).to.satisfy((n: number) => Number.isInteger(n) && n >= 1);
      expect(files.get(path!.replace('monitors', 'respond').replace('.json', '.md')), path!).to.include(rule.title);
      const scripts = [...files.get(path!)!.matchAll(/"id": "([^"]*)"/g)].map(([, id]) => id!);
      expect(scripts.length, path!).to.equal(made.monitor_type === 'query_level_monitor' ? 0 : 4);
      for (const id of scripts) expect(files.has(`scripts/${id}.json`), id).to.equal(true);
      // The plugin fills in what stands in two braces, and knows the time of the run.
      expect(files.get(path!)!.replaceAll(RUN, '')).to.not.include('{{');
    }
  });

  it('have a mapping in which no field is a value and an object', () => {
    for (const [path, text] of exported.files) {
      if (!path.startsWith('templates/')) continue;
      const names = Object.keys(
        (JSON.parse(text) as { template: { mappings: { properties: object } } }).template.mappings.properties,
      );
      expect(
        names.filter((name) => names.some((other) => other.startsWith(`${name}.`))),
        path,
      ).to.deep.equal([]);
    }
  });

  const bought = detection('bought', equals('action', 'bought'));
  const looked = detection('looked', equals('action', 'looked'));
  const written = (rule: ReturnType<typeof correlation> | typeof bought): ExportResult =>
    opensearch({ ...NOTHING, rules: rule.kind === 'correlation' ? [bought, looked, rule] : [rule] });
  const reason = (rule: Parameters<typeof written>[0]): string | undefined =>
    written(rule).entries.find((entry) => entry.rule.id === rule.id && entry.exactness === 'refused')?.differences[0];

  const tests: [string, Test, string][] = [
    [
      'a regular expression',
      { kind: 'regex', field: 'action', source: 'b', ignoreCase: false, multiline: false, dotAll: false },
      'regular expressions',
    ],
    ['keywords', { kind: 'pattern', field: null, parts: ['b'], cased: false }, 'Keywords'],
    ['a part of a time', { kind: 'time', field: 'time', part: 'hour', op: 'gte', value: 3 }, 'part of a time'],
    [
      'a text on an address',
      { kind: 'pattern', field: 'client.ip', parts: ['1', { wild: 'any' }], cased: false },
      'of type ip',
    ],
  ];
  for (const [what, one, said] of tests)
    it(`refuse ${what}, and say why`, () => expect(reason(detection('one', test(one)))).to.include(said));

  const windows: [string, Partial<CorrelationRule>, string][] = [
    ['a condition that silence satisfies', { condition: { lt: 3 } }, 'of nothing'],
    [
      'a percentile',
      { type: 'value_percentile', condition: { field: ['price'], gte: 3, percentile: 90 } as never },
      'percentile',
    ],
    ['values of a list', { type: 'value_count', condition: { field: ['labels'], gte: 3 } }, 'which is a list'],
  ];
  for (const [what, more, said] of windows)
    it(`refuse ${what}, and say why`, () => expect(reason(correlation('one', more))).to.include(said));

  it('refuse a text in which the plugin would see a variable', () => {
    expect(reason(detection('one', equals('action', 'a{{ctx.monitor.name}}b')))).to.include('a variable');
  });

  it('keep every text as it is', () => {
    for (const text of ['a"b', 'a\\b', '$x', '%', 'a\nb', "it's", '|', '[1, 2\n]', 'ÄÖ', '😀', '<!--', '${x}']) {
      const rule = correlation('one', { rules: ['two'], condition: { gte: 2 } });
      const two = detection('two', equals('action', text, true));
      const result = opensearch({ ...NOTHING, rules: [two, { ...rule, title: text }] });
      const made = monitor(result, result.entries[0]!.path!);
      expect(made.name).to.equal(`Tollgate: ${text}`);
      expect(JSON.stringify(made.inputs[0].search.query.aggregations)).to.include(`"value":${JSON.stringify(text)}`);
    }
  });
});
