import { loadYaml } from '../../foundation/content/load-yaml';
import { contentName, isYaml } from '../../foundation/content/find';
import { note } from '../../foundation/content/note';
import { mapAt, textsAt } from './content';

/** The names that the file of a rule or query had before, as its document says (`tollgate.formerly`). */
export function formerNames(document: unknown): string[] {
  return textsAt(mapAt(document, 'tollgate'), 'formerly').map(({ text }) => text);
}

/** The one of some files of rules and queries that had this name before, which is told; undefined where none had it. */
export function fileOnceCalled(name: string, files: readonly string[]): string | undefined {
  const hadIt = (file: string): boolean =>
    isYaml(file) && loadYaml(file).documents.some(({ value }) => formerNames(value).includes(name));
  const found = files.find(hadIt);
  if (found !== undefined) note(`'${name}' is called '${contentName(found)}' now`);
  return found;
}
