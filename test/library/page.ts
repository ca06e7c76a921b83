import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The example of `docs/library.md`, and what the page says it prints. */
export function examplePage(): { code: string; output: string } {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'library.md'), 'utf8');
  const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)![1]!;
  return { code: block('ts'), output: block('text') };
}
