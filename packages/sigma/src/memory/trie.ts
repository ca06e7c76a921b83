/** More than the codes of UTF-16 units. */
const CODES = 65_536;

/**
 * Texts that are looked for at once: a text is searched in the time of its length, however many they are (A. Aho and M. Corasick,
 * Efficient String Matching, 1975). Most nodes have one child, which stands in a list; the others are in a map.
 */
export class Trie {
  /** The first child of each node, and by which code it follows; the root is 0, which is nobody's child. */
  private readonly child: Int32Array;
  private readonly code: Uint16Array;
  /** `node * CODES + code` → a further child. */
  private readonly children = new Map<number, number>();
  private readonly parents: Int32Array;
  private readonly codes: Uint16Array;
  private readonly depths: Int32Array;
  private readonly ends: Uint8Array;
  /** Node → that of its longest proper suffix that is there. */
  private readonly fallbacks: Int32Array;
  private size = 1;

  /** None of the texts is empty. */
  constructor(texts: readonly string[]) {
    const most = texts.reduce((sum, text) => sum + text.length, 1);
    [this.child, this.parents, this.depths, this.fallbacks] = [0, 0, 0, 0].map(() => new Int32Array(most)) as Four;
    [this.code, this.codes] = [new Uint16Array(most), new Uint16Array(most)];
    this.ends = new Uint8Array(most);
    for (const text of texts) this.insert(text);
    this.findFallbacks();
  }

  /** Whether any of the texts stands anywhere in the text. */
  occursIn(text: string): boolean {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      node = this.follow(node, text.charCodeAt(i));
      if (this.ends[node] === 1) return true;
    }
    return false;
  }

  private insert(text: string): void {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      node = this.next(node, code) || this.append(node, code);
    }
    this.ends[node] = 1;
  }

  private append(parent: number, code: number): number {
    const node = this.size++;
    this.parents[node] = parent;
    this.codes[node] = code;
    this.depths[node] = this.depths[parent]! + 1;
    if (this.child[parent] !== 0) this.children.set(parent * CODES + code, node);
    else {
      this.child[parent] = node;
      this.code[parent] = code;
    }
    return node;
  }

  /** The child of a node by a code; 0 where there is none. */
  private next(node: number, code: number): number {
    const child = this.child[node]!;
    if (child === 0 || this.code[node] === code) return child;
    return this.children.get(node * CODES + code) ?? 0;
  }

  private follow(node: number, code: number): number {
    for (;;) {
      const next = this.next(node, code);
      if (next !== 0 || node === 0) return next;
      node = this.fallbacks[node]!;
    }
  }

  private findFallbacks(): void {
    for (const node of this.byDepth()) {
      if (this.depths[node]! < 2) continue;
      const fallback = this.follow(this.fallbacks[this.parents[node]!]!, this.codes[node]!);
      this.fallbacks[node] = fallback;
      // A text that ends with another one contains it.
      if (this.ends[fallback] === 1) this.ends[node] = 1;
    }
  }

  /** The nodes, those nearer to the root first. */
  private byDepth(): Int32Array {
    const depths = this.depths.subarray(0, this.size);
    const starts = new Int32Array(depths.reduce((most, depth) => Math.max(most, depth), 0) + 2);
    for (const depth of depths) starts[depth + 1]!++;
    for (let depth = 1; depth < starts.length; depth++) starts[depth]! += starts[depth - 1]!;
    const nodes = new Int32Array(this.size);
    for (let node = 0; node < this.size; node++) nodes[starts[depths[node]!]!++] = node;
    return nodes;
  }
}

type Four = [Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>];
