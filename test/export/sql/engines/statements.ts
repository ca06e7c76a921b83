/** The statements of a script, which end with semicolons outside of quotes and comments; `hasEscapes`: a backslash takes the meaning of a quote. */
export function statements(script: string, hasEscapes: boolean): string[] {
  const found: string[] = [];
  let from = 0;
  for (let at = 0; at < script.length; at++) {
    const character = script[at]!;
    if (script.startsWith('--', at)) {
      const end = script.indexOf('\n', at);
      at = end < 0 ? script.length : end;
    } else if (character === "'" || character === '"' || character === '`') at = closing(script, at, hasEscapes);
    else if (character === ';') {
      found.push(script.slice(from, at));
      from = at + 1;
    }
  }
  found.push(script.slice(from));
  return found.map((one) => one.trim()).filter((one) => one.replace(/^--.*$/gm, '').trim() !== '');
}

/** Where a quotation ends; a quote that is doubled begins the next one at once, which comes to the same. */
function closing(script: string, opening: number, hasEscapes: boolean): number {
  const quote = script[opening]!;
  for (let at = opening + 1; at < script.length; at++) {
    if (hasEscapes && script[at] === '\\') at++;
    else if (script[at] === quote) return at;
  }
  return script.length;
}
