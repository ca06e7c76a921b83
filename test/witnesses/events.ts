import fc from 'fast-check';
import type { Event } from '@tollgate/sigma/values/event';
import { jsonOf, parseJson } from '@tollgate/sigma/values/json';
import { casedTexts, LONG_TEXTS, ODD_TEXTS, TEXTS } from './texts';

const text = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 4, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG_TEXTS) },
  {
    weight: 6,
    arbitrary: fc.string({
      unit: fc.constantFrom('a', 'b', 'B', '1', '\n', '*', '?', '\\', 'é', 'É', ' ', '-'),
      maxLength: 5,
    }),
  },
);
const number = fc.constantFrom<number | bigint>(
  ...[0, -0, 1, 5, 5.5, -3, 1000, 200, 1e21, 1.5e-7, 0.1, 5e-324, 1.7976931348623157e308],
  ...[2 ** 53 - 1, 2 ** 53, 2 ** 60, 2 ** 63, -(2 ** 63), 2 ** 31],
  ...[9007199254740993n, -9007199254740993n, 18446744073709551615n, -9223372036854775809n, 10n ** 30n],
);
const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);
const list = fc.array(fc.oneof({ weight: 6, arbitrary: scalar }, fc.array(scalar, { maxLength: 2 })), { maxLength: 3 });
const value = fc.oneof({ weight: 5, arbitrary: scalar }, { weight: 1, arbitrary: list });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });
const often = <T>(likely: readonly T[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...likely) as fc.Arbitrary<unknown> },
    { weight: 2, arbitrary: value },
  );

/** As JSON has it: nothing is undefined, and there is one zero. */
const asJson = (record: unknown): Event => parseJson(jsonOf(record)) as Event;

const named = fc.record({ name: value });

/** Events with any value in any field of the contract, dotted and nested. */
export const oddEvent: fc.Arbitrary<Event> = fc
  .record({
    name: maybe(value),
    'names.part': maybe(value),
    names: maybe(fc.oneof(fc.record({ part: value }), fc.array(fc.record({ part: value }), { maxLength: 2 }))),
    deep: maybe(
      fc.oneof(
        fc.constantFrom(null, {}, []),
        fc.record({ er: named }),
        fc.record({ 'er.name': value }),
        fc.record({ er: fc.array(named, { maxLength: 2 }) }),
        fc.array(fc.record({ er: fc.oneof(named, fc.constant(null)) }), { maxLength: 2 }),
      ),
    ),
    'deep.er': maybe(fc.oneof(named, fc.array(named, { maxLength: 2 }))),
    tags: maybe(list),
    address: maybe(often(TEXTS.filter((each) => /^[\d:[].*[.:]/.test(each) && !/\d-\d/.test(each)))),
    count: maybe(
      often<number | bigint>([
        0,
        1,
        5,
        -3,
        200,
        1000,
        2 ** 53 - 1,
        2 ** 53,
        2 ** 60,
        9007199254740993n,
        18446744073709551615n,
      ]),
    ),
    price: maybe(often<number | bigint>([0, 5, 5.5, 0.1, 1e21, 1.5e-7, -3, 9007199254740993n])),
    ok: maybe(often([true, false])),
    at: maybe(often(TEXTS.filter((each) => /^\d{4}-/.test(each)))),
  })
  .map(asJson);

const plainText = fc.constantFrom(...TEXTS);

/** Events as the contract describes them, so that the index decides alone and values are read from its columns. */
export const plainEvent: fc.Arbitrary<Event> = fc
  .record({
    name: maybe(plainText),
    deep: maybe(fc.record({ er: fc.record({ name: plainText }) })),
    tags: maybe(fc.array(plainText, { minLength: 1, maxLength: 3 })),
    address: maybe(fc.constantFrom('192.0.2.1', '198.51.100.7', '2001:db8::1', 'aws:internal')),
    count: maybe(fc.constantFrom(0, 1, 5, 200, -3)),
    price: maybe(fc.constantFrom(0, 5.5, 1e21, 1.5e-7)),
    ok: maybe(fc.boolean()),
    at: maybe(fc.constantFrom('2024-02-29T12:00:00Z', '2023-02-28T00:00:00.123Z')),
  })
  .map(asJson);

/** Events that no strict mapping takes: objects, lists and scalars in each other's places. */
export const shapelessEvent: fc.Arbitrary<Event> = fc
  .dictionary(
    fc.constantFrom('name', 'names', 'names.part', 'deep', 'deep.er', 'deep.er.name', 'tags', 'count', 'other'),
    fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        scalar,
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('er', 'name', 'part', 'er.name', 'x'), tie('any'), {
          maxKeys: 2,
          noNullPrototype: true,
        }),
      ),
    })).any,
    { maxKeys: 5, noNullPrototype: true },
  )
  .map(asJson);

/** Events that hold every letter with another case, as texts and in lists. */
export function casedEvents(): Event[] {
  return casedTexts().flatMap(({ text, swapped }, i) => [
    { name: text, tags: [...swapped] },
    i % 2 === 0 ? { name: swapped } : { deep: { er: { name: `${swapped} ${text}` } } },
  ]);
}
