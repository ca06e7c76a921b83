import { findYaml } from '../content/find';
import { readSource } from '../content/source';
import type { Layout } from './layout';

/** What a document is called and what it refers to, where it is written as nearly all are: on a line of its own. */
const NAMES = /^(?:- )?(id|name|title|rule): *(.*?) *(?:#.*)?\r?$/gm;

/** Ways to write a text which say something else than their characters. */
const UNUSUAL = /^$|^[|>&*!{[?]|^".*\\|^'.*''/;

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
    return { file, text, names: names ?? [], isNear: selected.has(file) || names === null };
  });
  const near = files.filter(({ isNear }) => isNear);
  for (const each of near)
    for (const other of files) {
      if (other.isNear || !mentions(each.text, other.names)) continue;
      other.isNear = true;
      near.push(other);
    }
  const names = files.filter(({ file }) => selected.has(file)).flatMap((each) => each.names);
  const kept = new Set(files.filter(({ isNear, text }) => isNear || mentions(text, names)).map(({ file }) => file));
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
    const id = /^id: *(.+?) *$/m.exec(contract)?.[1];
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
  const found = [...text.matchAll(NAMES)].map(([, key, value]) => ({ key, value: value! }));
  if (!found.some(({ key }) => key === 'title') || found.some(({ value }) => UNUSUAL.test(value))) return null;
  return found.map(({ value }) => value.replace(/^(["'])(.*)\1$/, '$2'));
}

/** Whether any of the names stands in a text, and not as a part of a longer one. */
function mentions(text: string, names: readonly string[]): boolean {
  const isApart = (at: number): boolean => !/[\w-]/.test(text[at] ?? ' ');
  return names.some((name) => {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
      if (isApart(at - 1) && isApart(at + name.length)) return true;
    return false;
  });
}
