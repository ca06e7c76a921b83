import { parseYaml } from '../content/yaml';
import { isMap } from './content';

/**
 * The values of keys that stand at the left margin of a text, or in the items of a list there, each read from its line alone: to
 * read all content as YAML takes longer than all the rest of what `validate` does with one file. `null` where one is not to be
 * read from its line, as a text in a block. Where a value goes on on the next line, its beginning is given.
 */
export function valuesIn(text: string, keys: readonly string[]): unknown[] | null {
  const values: unknown[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    const own = line.startsWith('- ') ? line.slice(2) : line;
    const key = keys.find((one) => own.startsWith(`${one}:`));
    if (key === undefined) continue;
    const { documents, diagnostics } = parseYaml('', `${own}\n`);
    const [document] = documents;
    if (diagnostics.length > 0 || !isMap(document?.value)) return null;
    const value = document.value[key];
    if (value === null || value === '') return null;
    values.push(value);
  }
  return values;
}
