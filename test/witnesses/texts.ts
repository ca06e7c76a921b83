/** Texts that case, wildcards, escapes, lengths and the shapes of numbers, addresses and dates make difficult. */
export const TEXTS: readonly string[] = [
  ...['', 'a', 'A', 'abc', 'ABC', 'aBc', 'école', 'ÉCOLE', 'e\u0301cole', 'İstanbul', 'istanbul', 'i̇stanbul', 'ı', 'I'],
  ...['ΣΑΣ', 'σας', 'σασ', 'ß', 'ẞ', 'SS', 'K', 'k', 'ſ', 's', 'ǅ', 'ǆ', 'ﬀ', 'a b', 'line\nbreak', 'tab\t', 'a\r\nb'],
  ...[
    '*',
    '?',
    'a*c',
    'a?c',
    'a\\c',
    '\\',
    '\\\\',
    '\\*',
    '\\?',
    '\\\\*',
    'C:\\dir\\x.exe',
    '"',
    '%',
    '%one%',
    '\u2028',
  ],
  ...[
    '-a /b',
    '–a ―b',
    '-/–—―-/–—―-',
    '-'.repeat(301),
    '/'.repeat(299),
    'YWJj',
    'YQBiAGMA',
    'AGEAYgBj',
    '//5hAGIA',
    'a\0b\0c\0',
    '\ufeff',
  ],
  ...[
    '5',
    '5.0',
    '05',
    '-0',
    '0',
    '1e3',
    '1E3',
    '1000',
    '1e+21',
    '1.5e-7',
    '.5',
    '5.',
    '+5',
    '0x10',
    ' 5',
    '5 ',
    '1e999',
  ],
  ...[
    '9007199254740992',
    '9007199254740993',
    '9007199254740994',
    '18446744073709551615',
    '-9223372036854775808',
    'true',
    'TRUE',
    'false',
    'null',
    'NaN',
    'Infinity',
  ],
  ...['192.0.2.1', '192.0.2.255', '198.51.100.7', '192.0.2', '192.0.2.01', '192.0.2.256', '0.0.0.0', '192.0.2.1/32'],
  ...[
    '::ffff:192.0.2.1',
    '::FFFF:c000:201',
    '::192.0.2.1',
    '::',
    '::1',
    '2001:db8::1',
    '2001:DB8:0::1',
    '2001:0db8::0001',
  ],
  ...['fe80::1%eth0', '[::1]', '1.2.3.4.5', ':::', '1::2::3', '02001:db8::1', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8'],
  ...['1:2:3:4::5:6:7:8', '1:2:3:4:5:6:7', '::ffff:192.0.2.01', '::ffff:0:192.0.2.1', '64:ff9b::192.0.2.1', ':1', '1:'],
  ...[
    '2024-02-29T12:00:00Z',
    '2023-02-29',
    '2024-01-01',
    '2024-12-30t23:59:59.999z',
    '2021-01-03 23:30',
    '2024-01-01T24:00:00Z',
    '2024-12-31T24:00:00.0',
    '2024-01-01T24:00Z',
    '2024-01-01T24:00:01Z',
    '20240101T053000Z',
    '20241230 2359+01',
    '20240101T0530:00',
    '2024-01-01 05:30:00 +02',
    '2024-01-01T05:30:00.999999999-11',
  ],
  ...[
    '2024-01-01T00:30:00+01:00',
    '2024-01-01T00:30:00-0130',
    '2024-01-01T00:00:00+99:99',
    '0000-01-01',
    '9999-12-31T23:30:00-01:00',
  ],
  ...['2024-01-01T00:00:60Z', '2024-1-1', '20240101', '1704067200000', 'aws:internal'],
];

/** Half surrogate pairs, letters beyond the first plane, and such that the Java of a node may not know. */
export const ODD_TEXTS: readonly string[] = [
  ...['😀', 'x😀y', '𐐀', '𐐨', '\ud83d', '\ude00x', 'x\ud83d', '\u1c89', '\u1c8a', '\ua7dc', '\u{16ea0}', '\u{16ebb}'],
];

/** About the lengths at which an index gives up: 10,922 UTF-16 units, 32,766 bytes. */
export const LONG_TEXTS: readonly string[] = [
  'x'.repeat(10_922),
  'X'.repeat(10_923),
  'é'.repeat(10_922),
  'x'.repeat(32_766),
  `${'É'.repeat(16_400)}abc`,
];

/** Every code point that has another case, in texts of forty, and the same with the other case. */
export function casedTexts(): { text: string; swapped: string }[] {
  const known: string[] = [];
  const odd: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    if (letter.toLowerCase() === letter && letter.toUpperCase() === letter) continue;
    // Apart, so that these documents, which memory judges, don't hide the others.
    const block = code > 0xffff || (code >= 0x1c80 && code <= 0x1c8f) || (code >= 0xa7c0 && code <= 0xa7ff);
    (block ? odd : known).push(letter);
  }
  return [known, odd].flatMap((letters) => {
    const texts = [];
    for (let i = 0; i < letters.length; i += 40) {
      const text = letters.slice(i, i + 40);
      texts.push({ text: text.join(''), swapped: text.map(otherCase).join('') });
    }
    return texts;
  });
}

function otherCase(letter: string): string {
  const lower = [...letter.toLowerCase()][0]!;
  return lower === letter ? letter.toUpperCase() : lower;
}
