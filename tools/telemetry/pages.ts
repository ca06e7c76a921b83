import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from './contract';
import { indexPage, sourcePage } from './page';
import type { SilentForms } from './form-page';
import type { Reader } from './readers';

/** What the content says of the sources. */
export interface SourceUse {
  /** Source → what reads it. */
  readers: ReadonlyMap<string, Reader[]>;
  silent: SilentForms;
}

/** Every page about log sources, by its file name. */
export function sourcePages(contracts: ReadonlyMap<string, Contract>, use: SourceUse): Map<string, string> {
  const all = [...contracts.values()];
  return new Map([
    ['README.md', indexPage(all)],
    ...all.map((contract): [string, string] => [
      `${contract.id}.md`,
      sourcePage(contract, use.readers.get(contract.id), use.silent),
    ]),
  ]);
}

/** Names of the pages in a folder that differ from what the contracts and the content say, are missing, or belong to no contract. */
export function stalePages(contracts: ReadonlyMap<string, Contract>, use: SourceUse, folder: string): string[] {
  const pages = sourcePages(contracts, use);
  const there = new Set(pagesIn(folder));
  const differing = [...pages].filter(
    ([name, text]) => !there.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  return [...differing.map(([name]) => name), ...[...there].filter((name) => !pages.has(name))].sort();
}

/** Writes the pages that are stale, and removes those of contracts that are no more. Returns their names. */
export function writePages(contracts: ReadonlyMap<string, Contract>, use: SourceUse, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const pages = sourcePages(contracts, use);
  const stale = stalePages(contracts, use, folder);
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return stale;
}

function pagesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md'));
  } catch {
    return [];
  }
}
