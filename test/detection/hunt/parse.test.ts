import { expect } from 'chai';
import fc from 'fast-check';
import { parse, query, queryText } from './fixture';

/** `line:column code` of every diagnostic. */
function codes(changes: Record<string, string | null>): string[] {
  const { diagnostics, queries } = parse(queryText(changes));
  if (diagnostics.length > 0) expect(queries).to.deep.equal([]);
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

describe('parsing a query', () => {
  it('reads every part', () => {
    const parsed = query();
    expect(parsed.window).to.deep.equal({ defaultMs: 3_600_000, maxMs: 604_800_000, settleMs: 600_000 });
    expect(parsed.baselineMs).to.equal(86_400_000);
    expect(parsed.schedule).to.deep.equal({ everyMs: 600_000, delayMs: 60_000 });
    expect(parsed.groupBy).to.deep.equal(['destination.country', 'destination.block']);
    expect(parsed.measures['verified']).to.deep.equal({
      how: 'distinct',
      field: 'otp.id',
      of: 'sent',
      also: 'passed',
      over: 'window',
    });
    expect(parsed.measures['before']).to.deep.equal({ how: 'count', of: 'sent', over: 'baseline' });
    expect(parsed.sort).to.deep.equal([{ by: 'sends', descending: true }]);
    expect(parsed.plan.fields).to.deep.equal(['event.action']);
    expect(parsed.selections['sent']!.expr.op).to.equal('test');
    expect(parsed.file).to.equal('queries/test.yml');
  });

  it('needs no baseline, schedule, settle, derive, sort or parameters', () => {
    const parsed = query({
      window: '{default: 1h, max: 1d}',
      baseline: null,
      schedule: null,
      derive: null,
      sort: null,
      parameters: null,
      measures: '{sends: {count: sent}, ok: {count: passed}}',
      having: 'sends > ok',
    });
    expect(parsed.baselineMs).to.equal(0);
    expect(parsed.window.settleMs).to.equal(0);
    expect(parsed.schedule).to.equal(undefined);
  });

  it('orders derived values so that each reads only those before it', () => {
    const parsed = query({ derive: '{twice: 2 * conversion, conversion: verified / codes}' });
    expect(Object.keys(parsed.derive)).to.deep.equal(['conversion', 'twice']);
  });

  it('says where an unknown name stands and what was meant', () => {
    const { diagnostics } = parse(queryText({ having: 'sends >= $min_sends and convrsion < 0.5' }));
    expect(diagnostics).to.have.length(1);
    expect(diagnostics[0]).to.include({
      code: 'unknown-measure',
      hint: "did you mean 'conversion'?",
      rule: query().title,
    });
    expect(diagnostics[0]!.message).to.contain("'convrsion'");
    expect(diagnostics[0]!.column).to.equal('having: sends >= $min_sends and '.length + 1);
  });

  it('reports every error of a query at once', () => {
    const found = codes({
      source: 'application.otp',
      'group-by': '[destination.blok, labels]',
      measures: '{sends: {count: snet}, cost: {sum: otp.id, of: passed}, codes: {distinct: otp.id, of: sent}}',
      derive: '{a: b, b: a}',
      having: 'sends >= 3 or or codes > 1',
      sort: '[-sent]',
      pivot: '{before: "who is {client.fingerprint}", after: "see {destination.nothing}"}',
    }).map((line) => line.split(' ')[1]);
    expect(found).to.have.members([
      'unknown-field',
      'wrong-group',
      'unknown-selection',
      'wrong-measure',
      'derive-cycle',
      'bad-formula',
      'unknown-measure',
      'unknown-placeholder',
      'unknown-placeholder',
    ]);
  });

  const wrong: [string, Record<string, string | null>, RegExp][] = [
    ['an unknown source', { source: 'application.opt' }, /^8:9 unknown-source$/],
    ['a source that is missing', { source: null }, /missing-key$/],
    [
      'a scope that is no field',
      { scope: '{asset: asset.di, identity: client.ip}', pivot: '{before: nothing here, after: nothing here}' },
      /^9:16 unknown-field$/,
    ],
    [
      'a tested field that is not in the contract',
      { detection: '{sent: {event.acton: x}, passed: {event.action: y}, condition: sent or passed}' },
      /^13:20 unknown-field$/,
    ],
    [
      'a wrong modifier',
      { detection: '{sent: {event.action|lik: x}, passed: {event.action: y}, condition: sent or passed}' },
      /modifier/,
    ],
    [
      'a condition with and',
      { detection: '{sent: {event.action: x}, passed: {event.action: y}, condition: sent and passed}' },
      /wrong-condition$/,
    ],
    [
      'a condition that leaves a selection out',
      { detection: '{sent: {event.action: x}, passed: {event.action: y}, condition: sent}' },
      /wrong-condition$/,
    ],
    [
      'a condition with an unknown selection',
      { detection: '{sent: {event.action: x}, passed: {event.action: y}, condition: sent or passed or past}' },
      /unknown-selection$/,
    ],
    [
      'a selection that no measure reads',
      { measures: '{sends: {count: sent}}', derive: null, having: 'sends >= $min_sends' },
      /^13:45 unused-selection$/,
    ],
    ['an unknown parameter', { having: 'sends >= $min_send and sends > $min_sends' }, /unknown-parameter$/],
    ['a parameter that nothing reads', { having: 'sends > 1' }, /unused-parameter$/],
    [
      'an integer with a fraction',
      {
        parameters:
          '{min_sends: {type: integer, default: 1.5, unit: messages, description: Fewest messages that say something.}}',
      },
      /wrong-value$/,
    ],
    [
      'a default out of its range',
      {
        parameters:
          '{min_sends: {type: integer, default: 1, range: [2, 5], unit: messages, description: Fewest messages that say something.}}',
      },
      /wrong-value$/,
    ],
    ['a duration without a unit', { window: '{default: 60, max: 7d}' }, /wrong-type$/],
    ['a duration with a wrong unit', { window: '{default: 1y, max: 7d}' }, /wrong-value$/],
    ['a duration of more than two years', { baseline: '{length: 9999d}' }, /^11:20 wrong-value$/],
    ['an empty window', { window: '{default: 0m, max: 7d}' }, /wrong-value$/],
    ['a default window over its maximum', { window: '{default: 8d, max: 7d}' }, /wrong-value$/],
    ['a schedule of seconds', { schedule: '{every: 10s, delay: 0s}' }, /wrong-value$/],
    ['a baseline measure without a baseline', { baseline: null }, /no-baseline$/],
    [
      'two measures in one',
      { measures: '{sends: {count: sent, distinct: otp.id}}', derive: null, having: 'sends > $min_sends' },
      /wrong-measure$/,
    ],
    [
      'a count with also',
      {
        measures: '{sends: {count: sent, also: passed}, v: {count: passed}}',
        derive: null,
        having: 'sends > $min_sends',
      },
      /wrong-measure$/,
    ],
    [
      'a percentile without at',
      {
        measures: '{p: {percentile: price, of: sent}, v: {count: passed}}',
        derive: null,
        having: 'p > $min_sends',
        sort: null,
      },
      /wrong-measure$/,
    ],
    [
      'a gap without at',
      { measures: '{p: {gap: sent}, v: {count: passed}}', derive: null, having: 'p > $min_sends', sort: null },
      /wrong-measure$/,
    ],
    [
      'a gap of a field',
      {
        measures: '{p: {gap: sent, at: 50, of: sent}, v: {count: passed}}',
        derive: null,
        having: 'p > $min_sends',
        sort: null,
      },
      /wrong-measure$/,
    ],
    [
      'a sum without of',
      {
        measures: '{p: {sum: price}, v: {count: passed}, s: {count: sent}}',
        derive: null,
        having: 'p > $min_sends',
        sort: null,
      },
      /wrong-measure$/,
    ],
    [
      'a derived value with the name of a measure',
      { derive: '{conversion: verified / codes, sends: 1}' },
      /duplicate-name$/,
    ],
    ['an unknown key', { derived: '{x: sends}' }, /unknown-key$/],
    [
      'an unknown key of a measure',
      {
        measures: '{sends: {count: sent, ovr: baseline}, v: {count: passed}}',
        derive: null,
        having: 'sends > $min_sends',
      },
      /unknown-key$/,
    ],
  ];
  for (const [what, changes, expected] of wrong) {
    it(`reports ${what}, once`, () => {
      const found = codes(changes);
      expect(found, found.join(', ')).to.have.length(1);
      expect(found[0]).to.match(expected);
    });
  }

  it('bounds the number of selections, measures and groups', () => {
    const many = Array.from({ length: 60 }, (_, i) => `m${i}: {count: sent}`).join(', ');
    expect(
      codes({
        measures: `{${many}, v: {count: passed}, sends: {count: sent}}`,
        derive: null,
        having: 'sends > $min_sends',
      }),
    ).to.have.length(1);
    const selections = Array.from({ length: 60 }, (_, i) => `s${i}: {event.action: x}`).join(', ');
    expect(codes({ detection: `{${selections}, condition: s0}` }).some((code) => code.endsWith('too-large'))).to.equal(
      true,
    );
  });

  it('never throws, whatever a query holds', () => {
    const keys = [
      'scope',
      'window',
      'baseline',
      'parameters',
      'detection',
      'group-by',
      'measures',
      'derive',
      'having',
      'sort',
      'schedule',
      'pivot',
      'source',
      'title',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.json({ maxDepth: 4 }), (key, value) => {
        parse(queryText({ [key]: value }));
      }),
      { numRuns: 300 },
    );
  });
});
