import { causesFirst, type Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import { fieldsCheck } from './fields';
import { idsCheck } from './ids';
import type { Loaded } from './load';
import { schemaCheck } from './schema';

/**
 * The errors that keep the selected files (`null`: all) from being run: they can't be read, or ask for what their source does not
 * have. What a rule or query only lacks to be complete, such as cases or a section `tollgate`, is none of them.
 */
export function hindrances(loaded: Loaded, selected: ReadonlySet<string> | null): Diagnostic[] {
  const { content, diagnostics: found } = loaded;
  const common = [...found.contracts, ...found.datasets];
  const checked = [
    ...schemaCheck.run(content).filter(({ code }) => code === 'wrong-type'),
    ...fieldsCheck.run(content),
    ...idsCheck.run(content).filter(({ code }) => code === 'repeated-id'),
  ];
  const filters = new Set(loaded.filters.map(({ file }) => file));
  const isAbout = ({ file }: Diagnostic): boolean => (selected?.has(file) ?? true) || filters.has(file);
  const unread = [...found.yaml, ...found.queries, ...found.sigma];
  // A correlation can't be read where a rule in another file can't.
  const isWhole = isAllRead(loaded, selected);
  return [...common, ...unread.filter((one) => !isWhole || isAbout(one)), ...checked.filter(isAbout)]
    .filter(({ severity }) => severity === 'error')
    .sort(causesFirst);
}

function isAllRead({ content, templates }: Loaded, selected: ReadonlySet<string> | null): boolean {
  const read = new Set([...content.sigma, ...content.hunts].map(({ id }) => id));
  const waiting = new Set(templates.map(({ document }) => document));
  return [...content.rules, ...content.queries]
    .filter((document) => !waiting.has(document) && (selected?.has(document.file) ?? true))
    .every(({ value }) => isMap(value) && (value['filter'] !== undefined || read.has(String(value['id']))));
}
