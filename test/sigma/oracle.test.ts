import { expect } from 'chai';
import * as fc from 'fast-check';
import { compilePredicate } from '../../tools/memory/predicate';
import { parseSigma } from '../../tools/sigma/parse';
import { ruleOf } from './documents';
import { oracle } from './oracle';

const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const FIELDS = ['a', 'b', 'n.x', 'n.y.z'];
const atom = fc.constantFrom(
  '',
  'a',
  'A',
  'b',
  'ab',
  'É',
  'é',
  'İ',
  'i',
  'ı',
  'I',
  'Σ',
  'σ',
  'ς',
  'ß',
  'ẞ',
  'ﬀ',
  '💩',
  '\u{10428}',
  '\u{10400}',
  '*',
  '?',
  '\\',
  '-',
  '/',
  '–',
  '.',
  '\n',
  '10',
  '%',
);
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(atom, { maxLength: 4 }).map((parts) => parts.join('')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '10',
      '10.0',
      '1e1',
      '010',
      ' 10',
      '-1.5',
      '0',
      '-0',
      '1e999',
      'true',
      'TRUE',
      'null',
      'YWI=',
      'a\0b\0',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '10.1.2.3',
      '10.1.2.300',
      '010.1.2.3',
      '192.0.2.7',
      '2026-01-04T23:59:30Z',
      '2026-01-05T00:30:00+01:00',
      '2026-08-05',
      '2026-02-30',
      '2026-08-05T12:30',
    ),
  },
);
/** Of rules; those of events are larger, too. */
const number = fc.constantFrom(0, -0, 10, -1.5, 1.5, 1e-7, 2026);
const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.oneof(number, fc.constantFrom(1e21, 2 ** 53)) },
  { weight: 1, arbitrary: fc.boolean() },
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof(scalar, fc.constant(null), fc.array(scalar, { maxLength: 2 })), { maxLength: 3 }),
  },
);
const inner = fc.dictionary(fc.constantFrom('x', 'y', 'y.z', 'z'), fc.oneof(leaf, fc.record({ z: leaf })), {
  maxKeys: 3,
  noNullPrototype: true,
});
const event = fc.record(
  {
    a: leaf,
    b: leaf,
    n: fc.oneof(inner, fc.array(inner, { maxLength: 2 }), leaf),
    'n.x': leaf,
    'n.y': fc.record({ z: leaf }),
    'n.y.z': leaf,
  },
  { requiredKeys: ['a'], noNullPrototype: true },
);

const list = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: 3 }));
const field = fc.constantFrom(...FIELDS);
const entry = (modifiers: string[], value: fc.Arbitrary<unknown>) => fc.tuple(fc.constantFrom(...modifiers), value);
const plainText = fc.stringMatching(/^[a-c]{1,4}$/);
const textModifiers = [
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|cased',
  '|contains|cased',
  '|neq',
  '|contains|neq',
  '|endswith|neq',
  '|windash',
  '|windash|contains',
];
const item: fc.Arbitrary<[string, unknown]> = fc
  .oneof(
    { weight: 6, arbitrary: entry(textModifiers, list(text)) },
    {
      weight: 2,
      arbitrary: entry(['|contains|all', '|all', '|startswith|all'], fc.array(text, { minLength: 1, maxLength: 3 })),
    },
    { weight: 2, arbitrary: entry(['', '|neq'], list(fc.oneof(number, fc.boolean()))) },
    { weight: 1, arbitrary: entry(['', '|neq'], fc.constant(null)) },
    { weight: 1, arbitrary: entry(['|exists'], fc.boolean()) },
    { weight: 2, arbitrary: entry(['|lt', '|lte', '|gt', '|gte', '|gt|neq'], number) },
    {
      weight: 1,
      arbitrary: entry(
        ['|cidr', '|cidr|neq'],
        list(fc.constantFrom('10.0.0.0/8', '10.1.2.2/31', '0.0.0.0/0', '192.0.2.7/32')),
      ),
    },
    {
      weight: 1,
      arbitrary: entry(
        ['|re', '|re|i', '|re|m', '|re|s', '|re|neq'],
        list(fc.constantFrom('a.b', '^a', 'b$', '^\\d+$', '[a-c]{2}', 'A|b', '(ab)*', '.\\.')),
      ),
    },
    {
      weight: 1,
      arbitrary: entry(
        [
          '|fieldref',
          '|fieldref|cased',
          '|fieldref|neq',
          '|fieldref|startswith',
          '|fieldref|endswith',
          '|fieldref|contains',
        ],
        field,
      ),
    },
    {
      weight: 1,
      arbitrary: entry(['|hour', '|minute|gte', '|month', '|week|lte', '|day'], fc.constantFrom(1, 4, 5, 8, 12)),
    },
    {
      weight: 1,
      arbitrary: entry(
        [
          '|base64',
          '|base64|contains',
          '|base64offset|contains',
          '|wide',
          '|wide|base64',
          '|wide|base64offset|contains',
        ],
        list(plainText),
      ),
    },
  )
  .map(([modifiers, value]) => [modifiers, value]);
const map = fc
  .array(fc.tuple(field, item), { minLength: 1, maxLength: 3 })
  .map((items) => Object.fromEntries(items.map(([name, [modifiers, value]]) => [name + modifiers, value])));
const keyword = fc.oneof(text, number);
const selection = fc.oneof(
  { weight: 4, arbitrary: map },
  { weight: 2, arbitrary: fc.array(fc.oneof(map, keyword), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.array(keyword, { minLength: 1, maxLength: 3 }).map((values) => ({ '|all': values })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('|contains', '|startswith', '|cased'), text)
      .map(([key, value]) => ({ [key]: value })),
  },
);

const names = ['selection', 'selection_b', '_hidden'];
const condition: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      ...names,
      '1 of them',
      'all of them',
      '1 of selection*',
      'all of *',
      '1 of *_b',
      'all of _*',
      '1 of s*n*',
    ),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((part) => `not ${part}`),
    tie('condition').map((part) => `(${part})`),
  ),
})).condition;

const detection = fc.record(
  {
    selection,
    selection_b: selection,
    _hidden: selection,
    condition: fc.oneof(condition, fc.array(condition, { minLength: 1, maxLength: 2 })),
  },
  { noNullPrototype: true },
);

describe('sigma: agreement with the specification', () => {
  it(`gives what a naive oracle gives, for random detections and events (seed ${SEED})`, function () {
    this.timeout(60_000);
    let met = 0;
    let all = 0;
    fc.assert(
      fc.property(detection, fc.array(event, { minLength: 4, maxLength: 4 }), (section, events) => {
        const { rules, diagnostics } = parseSigma([ruleOf(section)]);
        expect(diagnostics.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
        const rule = rules[0]!;
        if (rule.kind !== 'detection') throw new Error('not a detection');
        const predicate = compilePredicate(rule.plan);
        for (const each of events) {
          const expected = oracle(section as never, each as never);
          expect(predicate(each)).to.equal(expected, JSON.stringify(each));
          all++;
          if (expected) met++;
        }
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(met / all).to.be.within(0.1, 0.9);
  });

  it(`gives it for each single item too, where no other item hides a difference (seed ${SEED})`, function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.tuple(field, item),
        fc.array(event, { minLength: 4, maxLength: 4 }),
        ([name, [modifiers, value]], events) => {
          const section = { selection: { [name + modifiers]: value }, condition: 'selection' };
          const { rules, diagnostics } = parseSigma([ruleOf(section)]);
          expect(diagnostics).to.deep.equal([]);
          const rule = rules[0]!;
          if (rule.kind !== 'detection') throw new Error('not a detection');
          const predicate = compilePredicate(rule.plan);
          for (const each of events)
            expect(predicate(each)).to.equal(oracle(section as never, each as never), JSON.stringify(each));
        },
      ),
      { seed: SEED, numRuns: 1500 },
    );
  });
});
