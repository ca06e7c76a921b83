/**
 * A page with a text between the two comments that mark a generated part, `<!-- generated:<name> -->` and its closing
 * counterpart. Throws where the page has not both.
 */
export function withGenerated(page: string, name: string, text: string): string {
  const marks = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`] as const;
  const [before, rest] = page.split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error(`the page must have ${marks.join(' and ')}`);
  return `${before}${marks[0]}\n\n${text}\n\n${marks[1]}${after}`;
}
