import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifest, type Manifest } from '../../foundation/manifest';
import { ROOT } from '../../foundation/root';

/** Where the page of each code of a diagnostic stands, from the repository's folder on. */
export const PAGES = 'docs/diagnostics';

/** A page: what it says first, and all of it, with the text alone of links within the repository, which lead nowhere from elsewhere. */
export interface CodePage {
  summary: string;
  markdown: string;
}

/** The address of a code's page on the web; undefined where `package.json` does not say where the repository is. */
export function pageUrl(code: string, { repository }: Manifest = manifest()): string | undefined {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const home = url === undefined ? null : /^(?:git\+)?(https:\/\/.+?)(?:\.git)?$/.exec(url);
  return home ? `${home[1]!}/blob/HEAD/${PAGES}/${code}.md` : undefined;
}

/** What leads to a code's page: its address on the web, or its path in the repository. */
export function pageOf(code: string): string {
  return pageUrl(code) ?? `${PAGES}/${code}.md`;
}

/** What a terminal opens: the page on the web, or as it stands on this machine; undefined where there is neither. */
export function pageTarget(code: string): string | undefined {
  const file = join(ROOT, PAGES, `${code}.md`);
  return pageUrl(code) ?? (existsSync(file) ? pathToFileURL(file).href : undefined);
}

/** Reads a code's page; null where this installation has none. Below its title the first paragraph is its summary. */
export function readPage(code: string): CodePage | null {
  const file = join(ROOT, PAGES, `${code}.md`);
  if (!existsSync(file)) return null;
  const markdown = readFileSync(file, 'utf8').replace(/\[([^\][]+)\]\((?!https:)[^()\s]+\)/g, '$1');
  const [, summary = ''] = markdown.split(/\n{2,}/);
  return { summary: summary.replaceAll('\n', ' ').trim(), markdown };
}
