const ASCII = /^[\x00-\x7f]*$/;

/**
 * Folds case for comparison: the first code point of each code point's lower case, as Lucene's `lowercase` normalizer does.
 * `String.prototype.toLowerCase` alone would not do: it maps `Σ` by its neighbours and `İ` to two code points.
 */
export function foldCase(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) {
    const lower = character.toLowerCase();
    folded += lower.length === character.length ? lower : String.fromCodePoint(lower.codePointAt(0)!);
  }
  return folded;
}
