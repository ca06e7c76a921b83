/** A constant of Python. JSON's escapes are Python's, and halves of surrogate pairs are written as escapes. */
export function literal(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

/** An expression in brackets, its parts one below the other where they are several. */
export function joined(word: 'and' | 'or', parts: readonly string[]): string {
  if (parts.length === 0) return word === 'and' ? 'True' : 'False';
  if (parts.length === 1) return parts[0]!;
  return `(\n${indented(parts.join(`\n${word} `))}\n)`;
}

export function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}
