/** A table in Markdown whose first columns are text and whose others are figures; `texts`: how many are text, all unless told otherwise. */
export function markdownTable(heads: string[], rows: string[][], texts = heads.length): string[] {
  const rules = heads.map((_, column) => (column < texts ? '---' : '--:'));
  return [heads, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
