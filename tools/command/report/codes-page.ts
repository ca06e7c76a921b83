import { CODES } from '../../foundation/content/codes';
import { readPage } from './code-page';

const INTRODUCTION = `<!-- Generated from the pages in this folder by \`npm run sources\`. Change them there. -->

# Diagnostic codes

Each finding has a code, such as \`unknown-field\`, that stays the same from version to version. The code's page says what it means and what to do, with an example: part of a file, in which a comment with the code marks the line that raises it.
The examples replace keys of files in the small repository [test/fixtures/diagnostics](../../test/fixtures/diagnostics), and a test runs each of them. [Commands](../commands.md#findings) says how findings are printed.`;

/** `docs/diagnostics/README.md`: every code with what it means, which its page says first. Throws where a code has no page. */
export function codesPage(): string {
  const lines = CODES.map((code) => {
    const page = readPage(code);
    if (!page) throw new Error(`docs/diagnostics/${code}.md is missing: each code has a page`);
    return `- [\`${code}\`](${code}.md): ${page.summary}`;
  });
  return `${INTRODUCTION}\n\n${lines.join('\n')}\n`;
}
