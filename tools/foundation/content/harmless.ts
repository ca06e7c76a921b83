/**
 * A text that somebody else wrote, for one line of a terminal or of a log: control characters, line ends and what reorders letters become
 * escapes, so that it drives no terminal and begins no line; and where it stands at the beginning of one, it is no command to GitHub's
 * runners (`::error::…`, `##[error]…`).
 */
export function harmless(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replace(/^(\s*)(::|##\[)/, '$1\\$2');
}

/** The same for a text of several lines, such as the last ones of a program. */
export function harmlessLines(text: string): string {
  return text
    .split('\n')
    .map((line) => harmless(line.replaceAll('\t', '  ')))
    .join('\n');
}
