import { expect } from 'chai';
import fc from 'fast-check';
import { type Token, Marked } from 'marked';
import { address, code, fenced, link, plain, prose } from '../../../tools/foundation/content/markdown';

const parser = new Marked({ gfm: true });

/** Any text, in which what is markup is frequent. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['<script>', '<img src=x onerror=alert(1)>', '<!--', '-->', '</td>', '&lt;', '&#60;', '<https://x.example>'],
        ...['[a](javascript:alert(1))', '![a](x)', '[a]: x', '](', 'https://x.example', 'www.x.example', 'a@x.example'],
        ...[
          '|',
          '\\',
          '`',
          '```',
          '~~',
          '~~~',
          '*',
          '**',
          '_',
          '# ',
          '- ',
          '+ ',
          '1. ',
          '1) ',
          '> ',
          '---',
          '===',
          '::error::',
        ],
        ...[
          '\n',
          '\r\n',
          '\n\n',
          '\n    ',
          '\t',
          ' ',
          '\u0000',
          '\u001b[31m',
          '\u2028',
          '\u202e',
          '##[error]',
          ':',
          '--:',
        ],
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

/** Every token of a Markdown text. */
function tokens(markdown: string): Token[] {
  const found: Token[] = [];
  void parser.walkTokens(parser.lexer(markdown), (token) => void found.push(token));
  return found;
}

const shownBy = (found: Token[]): string =>
  found
    .filter((token) => token.type === 'escape' || (token.type === 'text' && !('tokens' in token && token.tokens)))
    .map((token) => (token as { text: string }).text)
    .join('');
/** What is to be seen of a text: in one line, and what would be seen otherwise as an escape. */
const seen = (any: string): string =>
  any
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`);
const types = (markdown: string): string[] => [...new Set(tokens(markdown).map(({ type }) => type))].sort();
const TEXT = ['escape', 'paragraph', 'text'];

describe('text of others in Markdown', () => {
  it('is seen as it is, and is nothing else, as a line', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(TEXT).to.include.members(types(plain(any)));
        expect(shownBy(tokens(plain(any)))).to.equal(seen(any));
      }),
      { numRuns: 2000 },
    );
  });

  it('stays in its cell of a table', () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        const [table, ...more] = parser.lexer(`| a | b |\n|---|---|\n| ${plain(one)} | ${plain(two)} |\n`);
        expect(more).to.deep.equal([]);
        const rows = (table as { rows?: { tokens: Token[] }[][] }).rows!;
        const cells = rows.map((row) =>
          row.map(({ tokens: inside }) => {
            const found: Token[] = [];
            void parser.walkTokens(inside, (token) => void found.push(token));
            expect(TEXT).to.include.members(found.map(({ type }) => type));
            return shownBy(found);
          }),
        );
        expect(cells).to.deep.equal([[seen(one), seen(two)]]);
      }),
      { numRuns: 1000 },
    );
  });

  it('begins no line that a runner takes for a command', () => {
    fc.assert(fc.property(text, (any) => void expect(plain(any)).not.to.match(/[\r\n]|^\s*(?:::|##\[)/)));
  });

  it('is one span of code, or one block', () => {
    fc.assert(
      fc.property(text, (any) => {
        if (seen(any) === '') return;
        const spans = tokens(`a ${code(any)} b`).filter(({ type }) => type !== 'paragraph');
        expect(spans.map(({ type }) => type)).to.deep.equal(['text', 'codespan', 'text']);
        expect(types(fenced('text', any))).to.deep.equal(['code']);
      }),
    );
  });

  it('is one link to where it is said to lead', () => {
    fc.assert(
      fc.property(text, text, (any, path) => {
        const links = tokens(link(any, `x/${path}`)).filter((token) => !TEXT.includes(token.type));
        expect(links.map(({ type }) => type)).to.deep.equal(['link']);
        expect((links[0] as { href: string }).href).to.match(/^x\/[^\s<>()]*$/);
      }),
    );
  });

  it('is a link by itself only where it is an address of the web', () => {
    expect(types(address('https://x.example/a_b'))).to.deep.equal(['link', 'paragraph', 'text']);
    for (const other of ['javascript:alert(1)', 'https://x.example> <script>', 'https://x.example\n# a'])
      expect(types(address(other)), other)
        .not.to.include.members(['html'])
        .and.not.to.include('link');
  });

  it('is prose in which no backslash of an author lets HTML out of a link', () => {
    for (const any of ['www.x.example\\<script>', 'www.x.example\\\\<script>', 'https://x.example/\\<b>'])
      expect(types(prose(any)), any).not.to.include('html');
  });

  it('is prose without HTML, and without links that run something', () => {
    fc.assert(
      fc.property(text, (any) => {
        for (const token of tokens(prose(any))) {
          expect(token.type, prose(any)).not.to.equal('html');
          if (token.type === 'link' || token.type === 'image')
            expect((token as { href: string }).href).not.to.match(/^\s*(?:javascript|data|vbscript):/i);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
