import { when, refused, type Points } from './expectation';

export const PATTERNS_AND_TIMES: Points = {
  '`re` finds its match anywhere in the value, unless it is anchored.': [
    when({ 'a|re': 'b+' }, [{ a: 'abbc' }], [{ a: 'ac' }]),
    when({ 'a|re': '^b+$' }, [{ a: 'bb' }], [{ a: 'abbc' }, { a: 'bb\n' }]),
  ],
  '`re` is case-sensitive unless `i` is there; `i` folds as RE2 does.': [
    when({ 'a|re': 'É' }, [{ a: 'É' }], [{ a: 'é' }]),
    when({ 'a|re|i': 'É' }, [{ a: 'é' }]),
    when({ 'a|re|ignorecase': 'k' }, [{ a: 'K' }, { a: '\u212a' }]),
  ],
  'A dot is no line feed unless `s` is there; `^` and `$` are the ends of the value, with `m` those of each line.': [
    when({ 'a|re': 'a.b' }, [{ a: 'a b' }], [{ a: 'a\nb' }]),
    when({ 'a|re|s': 'a.b' }, [{ a: 'a\nb' }]),
    when({ 'a|re|dotall': 'a.b' }, [{ a: 'a\nb' }]),
    when({ 'a|re': '^b$' }, [], [{ a: 'a\nb\nc' }]),
    when({ 'a|re|m': '^b$' }, [{ a: 'a\nb\nc' }]),
    when({ 'a|re|multiline': '^b$' }, [{ a: 'a\nb\nc' }]),
  ],
  "What can't be searched in linear time, such as look-around and back references, is an error.": [
    refused({ 'a|re': '(?=b)' }, 'unsupported-regex'),
    refused({ 'a|re': '(a)\\1' }, 'unsupported-regex'),
    refused({ 'a|re': '(a' }, 'unsupported-regex'),
    when({ 'a|re': '^(a+)+$' }, [], [{ a: `${'a'.repeat(5000)}b` }]),
  ],

  '`cidr` holds for IPv4 and IPv6 addresses in their usual textual forms; an IPv4-mapped IPv6 address is the IPv4 address.':
    [
      when(
        { 'a|cidr': '192.0.2.0/25' },
        [{ a: '192.0.2.127' }, { a: '::ffff:192.0.2.1' }, { a: '::FFFF:c000:201' }],
        [{ a: '192.0.2.128' }, { a: '2001:db8::1' }],
      ),
      when(
        { 'a|cidr': '2001:db8::/33' },
        [{ a: '2001:db8::1' }, { a: '2001:DB8:0:0::1' }, { a: '2001:db8:7fff::' }],
        [{ a: '2001:db8:8000::' }, { a: '192.0.2.1' }],
      ),
      when({ 'a|cidr': ['::ffff:192.0.2.0/120'] }, [{ a: '192.0.2.9' }], [{ a: '192.0.3.9' }]),
    ],
  'An IPv6 address that ends in an IPv4 one, such as `::192.0.2.1`, is no IPv4 address unless it is a mapped one.': [
    when({ 'a|cidr': '0.0.0.0/0' }, [{ a: '::ffff:192.0.2.1' }], [{ a: '::192.0.2.1' }, { a: '64:ff9b::192.0.2.1' }]),
    when({ 'a|cidr': '::/96' }, [{ a: '::192.0.2.1' }, { a: '::c000:201' }], [{ a: '192.0.2.1' }]),
  ],
  'What is no address, such as one with a port, a zone, an octal or a missing part, lies in no network.': [
    when(
      { 'a|cidr': ['0.0.0.0/0', '::/0'] },
      [{ a: '192.0.2.1' }, { a: '::1' }],
      ['192.0.2.1:80', 'fe80::1%eth0', '192.0.2.010', '192.0.2', '0xc0.0.2.1', '', 'x', '[::1]', 3221225985].map(
        (a) => ({ a }),
      ),
    ),
  ],
  'The host bits of a network do not count, and an address alone is a network of one.': [
    when({ 'a|cidr': '192.0.2.77/24' }, [{ a: '192.0.2.1' }], [{ a: '192.0.3.1' }]),
    when({ 'a|cidr': '192.0.2.7' }, [{ a: '192.0.2.7' }], [{ a: '192.0.2.8' }]),
    refused({ 'a|cidr': '192.0.2.0/33' }, 'invalid-network'),
    refused({ 'a|cidr': '192.0.2.*' }, 'invalid-network'),
  ],

  'The parts of a date are taken in UTC; a date without an offset is in UTC.': [
    when(
      { 'a|hour': 23 },
      [{ a: '2026-08-05T23:10:00Z' }, { a: '2026-08-06T00:10:00.5+01:00' }, { a: '2026-08-05T23:10' }],
      [{ a: '2026-08-05T23:10:00-01:00' }],
    ),
    when({ 'a|day': 5 }, [{ a: '2026-08-05' }, { a: '2026-08-06T00:30:00+01:00' }], [{ a: '2026-08-06' }]),
    when({ 'a|minute|gte': 30 }, [{ a: '2026-08-05T23:30:00Z' }], [{ a: '2026-08-05T23:29:59Z' }]),
    when({ 'a|month': [1, 8] }, [{ a: '2026-08-05' }], [{ a: '2026-07-31' }]),
    when({ 'a|year|lt': 2026 }, [{ a: '2026-01-01T00:30:00+01:00' }], [{ a: '2026-01-01' }]),
  ],
  '`week` is the week of ISO 8601, from 1 to 53.': [
    when(
      { 'a|week': 53 },
      [{ a: '2026-12-31' }, { a: '2027-01-03' }, { a: '2021-01-03' }],
      [{ a: '2027-01-04' }, { a: '2026-12-27' }],
    ),
    when({ 'a|week': 1 }, [{ a: '2025-12-29' }, { a: '2026-01-04' }], [{ a: '2025-12-28' }, { a: '2026-01-05' }]),
    refused({ 'a|week': 54 }, 'invalid-value'),
  ],
  'Only a string in the form of ISO 8601 is a date.': [
    when(
      { 'a|year|gte': 0 },
      [{ a: '2026-08-05' }],
      [
        1785888000000,
        '1785888000000',
        '05/08/2026',
        '2026-02-30',
        '2026-13-01',
        '2026-08-05T24:00Z',
        'Wed, 05 Aug 2026 00:00:00 GMT',
        '',
      ].map((a) => ({ a })),
    ),
  ],

  'A date may have a time of day behind a `T` or a space, with seconds and their fractions or without, and an offset of hours or of hours and minutes.':
    [
      when(
        { 'a|minute': 5 },
        [
          '2026-01-05T10:05',
          '2026-01-05 10:05:00',
          '2026-01-05t10:05:00,123456789z',
          '2026-01-05 10:05:00 +02',
          '2026-01-05T10:35:00-0330',
          '2026-01-05T10:35:00+05:30',
        ].map((a) => ({ a })),
        ['2026-01-05', '2026-01-05T10', '2026-01-05T10:5', '2026-01-05T10:05:00+1', '2026-01-05T10:05:00 UTC'].map(
          (a) => ({
            a,
          }),
        ),
      ),
    ],
  'In the basic form of ISO 8601 a date has a time of day; eight digits are a number.': [
    when(
      { 'a|minute': 5 },
      ['20260105T100500Z', '20260105T1005', '20260105 100500.5+01', '20260105T100500+0100'].map((a) => ({ a })),
      ['20260105', '20260105T10:05:00Z', '2026-01-05T100500Z', '2026010T100500Z'].map((a) => ({ a })),
    ),
    when({ 'a|year|gte': 0 }, [{ a: '20260105T100500Z' }], [{ a: '20260105' }, { a: '20260230T100500Z' }]),
  ],
  'A time of day goes from 00:00 to 23:59:59, or is 24:00:00, and an offset up to 23:59; a date with another is none.':
    [
      when(
        { 'a|day': 6 },
        [{ a: '2026-08-05T24:00:00Z' }, { a: '20260805T240000.000' }],
        [{ a: '2026-08-05T23:59:59.9999Z' }],
      ),
      when(
        { 'a|year|gte': 0 },
        [{ a: '2026-08-05T00:00' }, { a: '2026-08-05T23:59:59.999Z' }, { a: '2026-08-05T12:00-23:59' }],
        [
          '2026-08-05T24:00',
          '2026-08-05T24:00:01',
          '2026-08-05T24:00:00.1',
          '2026-08-05T12:60',
          '2026-08-05T23:59:60Z',
          '2026-08-05T12:00+24:00',
          '2026-08-05T12:00+01:60',
        ].map((a) => ({ a })),
      ),
    ],
  'The parts are numbers: with `lt`, `lte`, `gt` and `gte` they are compared as such.': [
    when({ 'a|hour|lt': 10 }, [{ a: '2026-08-05T09:59Z' }], [{ a: '2026-08-05T10:00Z' }]),
    when({ 'a|day|lte': 9 }, [{ a: '2026-08-09' }], [{ a: '2026-08-10' }]),
    when({ 'a|month|gt': 9 }, [{ a: '2026-10-01' }], [{ a: '2026-09-30' }]),
    when({ 'a|week|gte': 10 }, [{ a: '2026-03-02' }], [{ a: '2026-03-01' }]),
  ],
};
