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
