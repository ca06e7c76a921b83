import { NotExportable } from '../../target';

/** A text in quotes, for engines that take a backslash as it is. Throws for half a character, which no engine holds. */
export function quoted(value: string): string {
  whole(value);
  return `'${value.replaceAll("'", "''")}'`;
}

/** Gives a text back. Throws where it holds half a character. */
export function whole(value: string): string {
  if (/\p{Surrogate}/u.test(value))
    throw new NotExportable('A text holds half a character, which UTF-8 does not have.');
  return value;
}
