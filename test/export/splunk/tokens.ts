/** A word, number, operator, bracket, pipe, macro or constant of a search. */
export interface Token {
  kind: 'text' | 'macro' | 'word' | 'mark';
  /** As it is written; of a text without its quotes, of a macro without its backticks. */
  text: string;
}

const TOKEN = /"([^"\\]*)"|`([^`]*)`|([A-Za-z_][\w]*|[\d.]+)|(!=|>=|<=|[-+*/=<>()[\],|.])|(\s+)|([^])/gy;

/**
 * The tokens of a search as this export writes them: texts have no backslash. This is a reader of our own, by which the printer is held; no grammar of Splunk's.
 * Throws for a character that is in none.
 */
export function tokensOf(search: string): Token[] {
  const tokens: Token[] = [];
  for (const [, text, macro, word, mark, , other] of search.matchAll(TOKEN)) {
    if (other !== undefined)
      throw new Error(`no token begins with ${JSON.stringify(other)} in ${search.slice(0, 200)}`);
    if (text !== undefined) tokens.push({ kind: 'text', text });
    else if (macro !== undefined) tokens.push({ kind: 'macro', text: macro });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}

/** The texts that a search has as constants, in their order: those in `urldecode` decoded. */
export function textConstants(search: string): string[] {
  const tokens = tokensOf(search);
  return tokens.flatMap(({ kind, text }, index) => {
    if (kind !== 'text') return [];
    const isEncoded = tokens[index - 1]?.text === '(' && tokens[index - 2]?.text === 'urldecode';
    return [isEncoded ? decodeURIComponent(text) : text];
  });
}
