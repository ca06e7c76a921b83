/** Expressions and statements of Painless that read and write a dotted path of the record. */

/** Reads a path; null where anything on the way is missing. */
export function read(path: string): string {
  const [first, ...rest] = path.split('.');
  return [access('ctx', first!, '.'), ...rest.map((key) => access('', key, '?.'))].join('');
}

/** Statements that write a value to a path, making the maps on the way. */
export function write(path: string, value: string): string[] {
  const keys = path.split('.');
  const statements: string[] = [];
  let target = 'ctx';
  for (const key of keys.slice(0, -1)) {
    target = access(target, key, '.');
    statements.push(`if (${target} == null) { ${target} = [:]; }`);
  }
  return [...statements, `${access(target, keys.at(-1)!, '.')} = ${value};`];
}

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

function access(target: string, key: string, dot: '.' | '?.'): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `${target}${dot}${key}`;
  // `?.` can't be followed by a bracket in Painless; a map's own method can.
  return dot === '.' ? `${target}[${literal(key)}]` : `${target}?.get(${literal(key)})`;
}
