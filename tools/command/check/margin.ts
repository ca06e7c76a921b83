import { isMap } from '@tollgate/sigma/values/map';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';

/**
 * The values of keys that stand at the left margin of a text, or in the items of a list there, each read from its line alone: to
 * read all content as YAML takes longer than all the rest of what `validate` does with one file. `null` where one is not to be
 * read from its line, as a text in a block. Where a value goes on on the next line, its beginning is given.
 */
export function valuesIn(text: string, keys: readonly string[]): [key: string, value: unknown][] | null {
  const values: [string, unknown][] = [];
  for (const line of text.split(/[\r\n]+/)) {
    // Most lines are indented.
    if (line.startsWith(' ')) continue;
    const own = line.startsWith('- ') ? line.slice(2) : line;
    const key = own.slice(0, Math.max(0, own.indexOf(':')));
    if (!keys.includes(key)) continue;
    const { documents, diagnostics } = parseYaml('', `${own}\n`);
    const value = diagnostics.length === 0 && isMap(documents[0]?.value) ? documents[0].value[key] : null;
    if (value === null || value === '') return null;
    values.push([key, value]);
  }
  return values;
}
