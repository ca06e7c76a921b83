import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readConf } from './conf';

/** Functions of eval that the grammar does not know, and others of as many arguments that it does. */
const UNKNOWN: Readonly<Record<string, string>> = {
  mvmap: 'coalesce',
  json_extract_exact: 'coalesce',
  json_keys: 'mvdedup',
  json_array_to_mv: 'mvdedup',
};

/** The searches of an app's `.conf` files with their names, macros expanded as Splunk does before it reads a search. */
export function expandedSearches(files: ReadonlyMap<string, string>): { name: string; search: string }[] {
  const read = (name: string) => [...readConf(files.get(`tollgate/default/${name}.conf`)!)];
  const macros = new Map(read('macros').map(([name, settings]) => [name, settings.get('definition')!]));
  const expand = (search: string): string =>
    search.replace(/`(\w+)(?:\((\w+)\))?`/g, (_, name: string, field?: string) =>
      field === undefined ? expand(macros.get(name)!) : expand(macros.get(`${name}(1)`)!.replaceAll('$field$', field)),
    );
  return [
    ...read('savedsearches').map(([name, settings]) => ({ name, search: expand(settings.get('search')!) })),
    // A macro with an argument is a part of a condition, and is read where it is used.
    ...[...macros]
      .filter(([name]) => !name.endsWith(')'))
      .map(([name, definition]) => ({ name, search: expand(definition) })),
  ];
}

/** Of each search what the grammar of `com.teragrep:pth_03` says is wrong with it; empty where it takes it. */
export function parseErrors(classpath: string, searches: readonly string[]): string[] {
  const parts = searches.map(forGrammar);
  const input = parts.flat().map((part) => `${Buffer.from(part).toString('base64')}\n`);
  const { status, stdout, stderr, error } = spawnSync(
    'java',
    ['-cp', classpath, join(__dirname, 'parse', 'ParseSpl.java')],
    { input: input.join(''), encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (error) throw error;
  const answers = stdout.trimEnd().split('\n');
  if (status !== 0 || answers.length !== parts.flat().length) throw new Error(stderr);
  return parts.map((some) =>
    answers
      .splice(0, some.length)
      .filter((answer) => answer !== 'ok')
      .join('; '),
  );
}

/**
 * A search as the grammar takes it: on one line; each `lookup`, behind which it takes no further command, as a search of its own, with a field in its place.
 */
function forGrammar(search: string): string[] {
  const lookups: string[] = [];
  const lines = search.split('\n').map((written) => {
    const line = written.trim();
    const [, command, made] = /^\| (lookup .* OUTPUT (?:\w+ AS )?(\w+))$/.exec(line) ?? [];
    if (command === undefined) return line;
    lookups.push(`index=main | ${command}`);
    return `| eval ${made!}="found"`;
  });
  return [
    lines.join(' ').replace(/\b(\w+)\(/g, (call, name: string) => (UNKNOWN[name] ? `${UNKNOWN[name]}(` : call)),
    ...lookups,
  ];
}
