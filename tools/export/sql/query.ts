/** A query that is built of named steps, each of which reads those before it. */
export class NamedSteps {
  private readonly steps: string[] = [];
  private readonly counts = new Map<string, number>();

  /** `once` is written before each step that is to be computed once. */
  constructor(private readonly once = '') {}

  /** Adds a step and gives its name: the first of a kind is called by that, the others with a number behind. */
  add(kind: string, query: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    const name = count === 1 ? kind : `${kind}_${count}`;
    this.steps.push(`${name} AS ${this.once}(\n  ${query.replaceAll('\n', '\n  ')}\n)`);
    return name;
  }

  /** The query that ends with this one. */
  close(query: string): string {
    return this.steps.length === 0 ? query : `WITH ${this.steps.join(', ')}\n${query}`;
  }
}

export function list(parts: readonly string[]): string {
  return parts.join(', ');
}

/** Queries one below the other, with all their rows. */
export function union(queries: readonly string[]): string {
  return queries.join('\nUNION ALL\n');
}
