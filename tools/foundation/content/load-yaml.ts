import { readSource } from './source';
import { parseYaml, type YamlFile } from '@tollgate/sigma/yaml/yaml';

/** Reads and parses a content file: `readSource`, then `parseYaml`. */
export function loadYaml(path: string): YamlFile {
  const source = readSource(path);
  if (source.text === null) return { documents: [], diagnostics: source.diagnostics, unread: [] };
  return parseYaml(source.file, source.text);
}
