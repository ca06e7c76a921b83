/**
 * Reads a `.conf` file as Splunk's manual says: a line that begins with `#` is a comment, `[…]` alone on a line begins a stanza, and a value goes on in the next
 * line after a backslash at the end. Throws for a line that is none of these, and for a stanza or setting that is there twice.
 */
export function readConf(text: string): Map<string, Map<string, string>> {
  const stanzas = new Map<string, Map<string, string>>();
  let stanza: Map<string, string> | undefined;
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    let line = lines[index]!;
    while (line.endsWith('\\')) line = `${line.slice(0, -1)}\n${lines[++index] ?? ''}`;
    if (line.trim() === '' || line.startsWith('#')) continue;
    const name = /^\[(.*)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      if (stanzas.has(name)) throw new Error(`line ${index + 1}: the stanza ${name} is there twice`);
      stanzas.set(name, (stanza = new Map()));
      continue;
    }
    const [, key, value] = /^([\w.:-]+) = ([^]*)$/.exec(line) ?? [];
    if (key === undefined || !stanza || stanza.has(key)) throw new Error(`line ${index + 1}: ${line.slice(0, 80)}`);
    stanza.set(key, value!);
  }
  return stanzas;
}
