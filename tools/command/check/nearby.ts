import { findYaml } from '../../foundation/content/find';
import { isMap } from '@tollgate/sigma/values/map';
import { readSource } from '../../foundation/content/source';

import type { Layout } from './layout';
import { valuesIn } from './margin';

/** What names are made of; a name is never meant by a part of such a run. */
const WORD = /[\w-]+/g;

/**
 * The part of a layout that findings about its selected rules, queries and cases can come from: these files, what they name,
 * what that names, and so on; and the files in which their own names stand. `null` where that is not known, so that
 * everything is to be looked at.
 */
export function nearby(layout: Layout): Layout | null {
  const { selected } = layout;
  const all = [...layout.rules, ...layout.queries, ...layout.cases];
  if (selected === null || [...selected].some((file) => !all.includes(file))) return null;
  const files = all.map((file) => {
    const text = contentOf(file);
    const names = namesIn(text);
    return {
      file,
      text,
      words: wordsOf(text),
      names: (names ?? []).map(wordsOf),
      isNear: selected.has(file) || names === null,
    };
  });
  const near = files.filter(({ isNear }) => isNear);
  for (const each of near)
    for (const other of files) {
      if (other.isNear || !mentions(each.words, other.names)) continue;
      other.isNear = true;
      near.push(other);
    }
  const names = files.filter(({ file }) => selected.has(file)).flatMap((each) => each.names);
  const kept = new Set(files.filter(({ isNear, words }) => isNear || mentions(words, names)).map(({ file }) => file));
  const among = (list: string[]) => list.filter((file) => kept.has(file));
  const texts = files.flatMap(({ file, text }) => (kept.has(file) ? [text] : []));
  return {
    ...layout,
    rules: among(layout.rules),
    queries: among(layout.queries),
    // They say nothing about the files that were asked for.
    filters: [],
    cases: among(layout.cases),
    telemetry: contractsOf(texts, findYaml([layout.telemetry].flat())),
  };
}

/** The contracts that texts may be about: their id stands in one, or all parts of their log source. All where none seems to be. */
function contractsOf(texts: readonly string[], contracts: string[]): string[] {
  const about = contracts.filter((file) => {
    const contract = contentOf(file);
    const { id, logsource } = Object.fromEntries(valuesIn(contract, ['id', 'logsource']) ?? []);
    if (typeof id !== 'string' || !isMap(logsource)) return true;
    const parts = Object.entries(logsource).map(([key, value]) => `${key}: ${String(value)}`);
    return texts.some((text) => text.includes(id) || parts.every((part) => text.includes(part)));
  });
  return about.length > 0 ? about : contracts;
}

/** Titles and ids are compared without regard to case. What cannot be read as text has none. */
function contentOf(file: string): string {
  return readSource(file).text?.toLowerCase() ?? '';
}

/** What a text's documents are called and what they refer to; `null` where not all of that can be said. */
function namesIn(text: string): string[] | null {
  const values = valuesIn(text, ['id', 'name', 'title', 'rule']);
  if (!values?.some(([key]) => key === 'title')) return null;
  const names = values.map(([, name]) => name);
  // A number may be written in several ways.
  return names.every((name) => typeof name === 'string') ? names.map((name) => name.toLowerCase()) : null;
}

/** The words of a text, and each two that follow one another. */
function wordsOf(text: string): Set<string> {
  const words = new Set<string>();
  let before: string | null = null;
  for (const [word] of text.matchAll(WORD)) {
    words.add(word);
    if (before !== null) words.add(`${before} ${word}`);
    before = word;
  }
  return words;
}

/** Whether all words of any of the names, and each two of them, are among those of a text, as they are wherever it stands in the text. */
function mentions(words: ReadonlySet<string>, names: readonly ReadonlySet<string>[]): boolean {
  return names.some((name) => {
    for (const word of name) if (!words.has(word)) return false;
    return true;
  });
}
