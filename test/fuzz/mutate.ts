import fc from 'fast-check';

/** One change to a text; places are fractions of its length, so that an edit fits every text. */
interface Edit {
  kind: 'delete' | 'insert' | 'repeat' | 'swap' | 'flip' | 'cut';
  at: number;
  length: number;
  token: string;
  times: number;
  byte: number;
}

/** What breaks parsers of YAML and of the languages inside it. */
const TOKENS = [
  ...['---', '\n---\n', '...', '&a ', '*a', '<<: ', '!!binary ', '!x ', '? ', ': ', '- ', '\t', '\n', '\r', '\r\n'],
  ...['[', ']', '{', '}', ',', '#', '|', '>', '|2-', "'", '"', '\\', '\\x41', '%TAG ! a', '@', '`', '~', 'null'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '.inf', '.nan', '0x1F', '1e999', '9007199254740993'],
  ...['\u0000', '\u0085', '\u2028', '\ufeff', '\ud83d', '😀', '*', '?', '%', '%x%', '(', ')', ' not ', ' and ', ' of '],
  ...[
    '(a{1000}){1000}',
    '(x+x+)+y',
    '{1000}',
    '|windash',
    '|base64offset',
    '|expand',
    '|re',
    '|all',
    '1 of ',
    '*a*a*a*',
  ],
];

const fraction = fc.double({ min: 0, max: 1, noNaN: true });

const edit = (tokens: readonly string[]): fc.Arbitrary<Edit> =>
  fc.record({
    kind: fc.constantFrom('delete', 'insert', 'insert', 'repeat', 'swap', 'flip', 'cut'),
    at: fraction,
    length: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 200 })),
    token: fc.constantFrom(...tokens),
    times: fc.oneof(
      { weight: 8, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ max: 3000, min: 2 }) },
    ),
    byte: fc.integer({ min: 0, max: 255 }),
  });

/** No input is longer: what a limit refuses anyway need not be made. */
const MAX_INPUT = 200_000;

function apply(input: Buffer, { kind, at, length, token, times, byte }: Edit): Buffer {
  const start = Math.floor(at * input.length);
  const [before, piece, after] = [
    input.subarray(0, start),
    input.subarray(start, start + length),
    input.subarray(start + length),
  ];
  switch (kind) {
    case 'delete':
      return Buffer.concat([before, after]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(token.repeat(times)), piece, after]);
    case 'repeat':
      return Buffer.concat([before, ...Array<Buffer>(times + 1).fill(piece), after]);
    case 'swap':
      return Buffer.concat([piece, before, after]);
    case 'flip':
      return Buffer.concat([before, Buffer.from([byte]), piece.subarray(1), after]);
    case 'cut':
      return before;
  }
}

/** Valid texts with a few edits, now and then whole, now and then only noise. `tokens` are the words of the target's language. */
export function mutated(valid: fc.Arbitrary<string>, tokens: readonly string[] = []): fc.Arbitrary<Buffer> {
  const edits = fc.array(edit([...TOKENS, ...tokens]), { maxLength: 6 });
  const changed = fc
    .tuple(valid, edits)
    .map(([text, list]) =>
      list.reduce<Buffer>((input, each) => apply(input, each).subarray(0, MAX_INPUT), Buffer.from(text)),
    );
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.array(fc.constantFrom(...TOKENS, ...tokens), { maxLength: 40 }).map((list) => Buffer.from(list.join(''))),
  );
  return fc.oneof({ weight: 12, arbitrary: changed }, { weight: 1, arbitrary: noise });
}
