import { CODES } from '../../foundation/content/codes';
import { readPage } from './code-page';

const INTRODUCTION = `<!-- Generated from the pages in this folder by \`npm run sources\`. Change them there. -->

# Diagnostic codes

Each finding has a code, such as \`unknown-field\`, that stays the same from version to version. Its page says what it means, shows a file that raises it at the line with the code in a comment, and says what to do. The examples are parts of
the small repository in [test/fixtures/diagnostics](../../test/fixtures/diagnostics), whose keys they replace; a test runs each. How findings are printed stands in [Commands](../commands.md#findings).`;

/** `docs/diagnostics/README.md`: every code with what it means, which its page says first. Throws where a code has no page. */
export function codesPage(): string {
  const lines = CODES.map((code) => {
    const page = readPage(code);
    if (!page) throw new Error(`docs/diagnostics/${code}.md is missing: each code has a page`);
    return `- [\`${code}\`](${code}.md): ${page.summary}`;
  });
  return `${INTRODUCTION}\n\n${lines.join('\n')}\n`;
}
