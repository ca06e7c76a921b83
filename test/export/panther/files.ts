import { load } from 'js-yaml';

/** A file of YAML that the export has written. */
export function yamlOf(files: ReadonlyMap<string, string>, path: string): Record<string, unknown> {
  return load(files.get(path)!) as Record<string, unknown>;
}

/** The SQL of the scheduled queries, by their names. */
export function queriesOf(files: ReadonlyMap<string, string>): Map<string, string> {
  const paths = [...files.keys()].filter((path) => path.startsWith('queries/'));
  return new Map(
    paths.map((path) => [path.slice('queries/'.length, -'.yml'.length), String(yamlOf(files, path)['SnowflakeQuery'])]),
  );
}
