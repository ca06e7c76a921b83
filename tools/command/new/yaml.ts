import { dump } from 'js-yaml';

/** The columns of prose in the files that are made. */
const WIDTH = 120;

/** A value on one line, as YAML writes it. */
export function flow(value: unknown): string {
  return dump(value, {
    flowLevel: 0,
    lineWidth: -1,
    noRefs: true,
    quoteStyle: 'double',
    flowBracketPadding: false,
  }).trim();
}

/** A value in several lines, so far in. */
export function block(value: unknown, indent: number): string {
  const pad = ' '.repeat(indent);
  const text = dump(value, { lineWidth: -1, noRefs: true, quoteStyle: 'double', flowBracketPadding: false }).trimEnd();
  return text.replaceAll(/^(?=.)/gm, pad);
}

/** Prose under a key, folded: `key: >-` and its lines; `TODO` begins one, so that `validate` shows all that is left to write. */
export function prose(key: string, text: string, indent = 0): string {
  const pad = ' '.repeat(indent);
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && (word === 'TODO' || line.length + word.length + indent + 3 > WIDTH)) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return [`${pad}${key}: >-`, ...lines.map((line) => `${pad}  ${line}`)].join('\n');
}

/** The editor's hint by which schema a file is checked, as yaml-language-server reads it; `depth`: how many folders it lies below the root. */
export function modeline(schema: string, depth: number): string {
  return `# yaml-language-server: $schema=${'../'.repeat(depth)}schemas/${schema}.schema.json`;
}
