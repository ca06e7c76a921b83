import { identifier } from './expression';

/** Fields as columns of a query, each once. */
export function columns(fields: readonly string[]): string[] {
  return [...new Set(fields)].map(identifier);
}

/** A command with its groups, if it has any. */
export function grouped(command: string, by: readonly string[]): string {
  return by.length === 0 ? command : `${command} BY ${[...new Set(by)].join(', ')}`;
}

/** Several columns as one text; null where one is missing. */
export function joined(names: readonly string[]): string {
  const texts = names.map((name) => `TO_STRING(${name})`);
  const [first = '""', ...rest] = texts;
  return rest.length === 0 ? first : `CONCAT(${[first, ...rest.flatMap((text) => ['" "', text])].join(', ')})`;
}

/** The commands of a query, one on each line. */
export function pipe(commands: readonly string[]): string {
  return commands.join('\n| ');
}
