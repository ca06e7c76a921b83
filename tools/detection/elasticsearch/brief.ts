/** Characters of somebody else's words that a message holds. */
const MOST = 500;

/** What somebody else said, as far as a sentence has room for it. */
export function brief(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)} …` : text;
}
