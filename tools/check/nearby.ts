import { findYaml } from '../content/find';
import { readSource } from '../content/source';
import type { Layout } from './layout';

/** What a document is called and what it refers to, where it is written as nearly all are: on a line of its own. */
const KEYS = new Set(['id', 'name', 'title', 'rule']);

/** How a text begins that says something else than its characters. */
const UNUSUAL = /^[|>&*!{[?]/;

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
    const text = textOf(file);
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
    const contract = textOf(file);
    const id = /^id:(.+)$/m.exec(contract)?.[1]?.trim();
    const parts = /^logsource: *\{(.+)\}/m
      .exec(contract)?.[1]
      ?.split(',')
      .map((part) => part.trim());
    if (id === undefined || parts === undefined) return true;
    return texts.some((text) => text.includes(id) || parts.every((part) => text.includes(part)));
  });
  return about.length > 0 ? about : contracts;
}

/** Titles and ids are compared without regard to case. What cannot be read as text has none. */
function textOf(file: string): string {
  return readSource(file).text?.toLowerCase() ?? '';
}

/** `null` where a name may be written in an unusual way. */
function namesIn(text: string): string[] | null {
  const names: string[] = [];
  let hasTitle = false;
  for (const line of text.split(/[\r\n]+/)) {
    const start = line.startsWith('- ') ? 2 : 0;
    const colon = line.indexOf(':');
    const key = line.slice(start, Math.max(start, colon));
    if (!KEYS.has(key)) continue;
    hasTitle ||= key === 'title';
    const name = nameIn(line.slice(colon + 1));
    if (name === null) return null;
    names.push(name);
  }
  return hasTitle ? names : null;
}

/** The text behind a key's colon; `null` for one that may say something else than its characters. */
function nameIn(rest: string): string | null {
  const [value = ''] = rest.split('#', 1);
  const name = value.trim();
  if (name === '' || UNUSUAL.test(name)) return null;
  const quote = name[0];
  if (quote !== '"' && quote !== "'") return name;
  const inside = name.endsWith(quote) && name.length > 1 ? name.slice(1, -1) : name.slice(1);
  return inside.includes('\\') || inside.includes("''") ? null : inside;
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
