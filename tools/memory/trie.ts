/** More than the codes of UTF-16 units. */
const CODES = 65_536;

/**
 * Texts that are looked for at once: a text is searched in the time of its length, however many they are (A. Aho and M. Corasick,
 * Efficient String Matching, 1975).
 */
export class Trie {
  /** `node * CODES + code` → the next node; the root is 0. */
  private readonly edges = new Map<number, number>();
  private readonly depths = [0];
  private readonly parents = [0];
  private readonly codes = [0];
  private readonly ends = [false];
  /** Node → that of its longest proper suffix that is there. Made when it is first needed. */
  private fallbacks: Int32Array | null = null;

  /** None of the texts is empty. */
  constructor(texts: readonly string[]) {
    for (const text of texts) this.insert(text);
  }

  /** Whether the text begins with any of the texts. */
  beginsIn(text: string): boolean {
    let node: number | undefined = 0;
    for (let i = 0; i < text.length; i++) {
      node = this.edges.get(node * CODES + text.charCodeAt(i));
      if (node === undefined) return false;
      if (this.ends[node]) return true;
    }
    return false;
  }

  /** Whether any of the texts stands anywhere in the text. */
  occursIn(text: string): boolean {
    this.fallbacks ??= this.findFallbacks();
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      node = this.follow(node, text.charCodeAt(i), this.fallbacks);
      if (this.ends[node]) return true;
    }
    return false;
  }

  private insert(text: string): void {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const key = node * CODES + text.charCodeAt(i);
      let next = this.edges.get(key);
      if (next === undefined) {
        next = this.ends.length;
        this.edges.set(key, next);
        this.depths.push(i + 1);
        this.parents.push(node);
        this.codes.push(text.charCodeAt(i));
        this.ends.push(false);
      }
      node = next;
    }
    this.ends[node] = true;
  }

  private follow(node: number, code: number, fallbacks: Int32Array): number {
    for (;;) {
      const next = this.edges.get(node * CODES + code);
      if (next !== undefined) return next;
      if (node === 0) return 0;
      node = fallbacks[node]!;
    }
  }

  private findFallbacks(): Int32Array {
    const fallbacks = new Int32Array(this.ends.length);
    for (const node of this.byDepth()) {
      if (this.depths[node]! > 1) {
        const fallback = this.follow(fallbacks[this.parents[node]!]!, this.codes[node]!, fallbacks);
        fallbacks[node] = fallback;
        // A text that ends with another one contains it.
        if (this.ends[fallback]) this.ends[node] = true;
      }
    }
    return fallbacks;
  }

  /** The nodes, those nearer to the root first. */
  private byDepth(): Int32Array {
    const starts = new Int32Array(this.depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
    for (const depth of this.depths) starts[depth + 1]!++;
    for (let depth = 1; depth < starts.length; depth++) starts[depth]! += starts[depth - 1]!;
    const nodes = new Int32Array(this.depths.length);
    for (const [node, depth] of this.depths.entries()) nodes[starts[depth]!++] = node;
    return nodes;
  }
}
