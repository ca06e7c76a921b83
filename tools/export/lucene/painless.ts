/** Expressions and statements of Painless that read and write a dotted path of the record. */

/** Reads a path; null where anything on the way is missing or no map: a list or a text there would end the script. */
export function read(path: string): string {
  const keys = path.split('.');
  const levels = keys.map((_, i) => keys.slice(0, i + 1).reduce(access, 'ctx'));
  const whole = levels.pop()!;
  if (levels.length === 0) return whole;
  return `(${levels.map((level) => `${level} instanceof Map`).join(' && ')} ? ${whole} : null)`;
}

/** Statements that write a value to a path, making the maps on the way; what else stood there goes. */
export function write(path: string, value: string): string[] {
  const keys = path.split('.');
  const statements: string[] = [];
  let target = 'ctx';
  for (const key of keys.slice(0, -1)) {
    target = access(target, key);
    statements.push(`if (!(${target} instanceof Map)) { ${target} = [:]; }`);
  }
  return [...statements, `${access(target, keys.at(-1)!)} = ${value};`];
}

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

function access(target: string, key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${target}.${key}` : `${target}[${literal(key)}]`;
}
