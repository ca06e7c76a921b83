import { DASHES, type PatternPart } from '../rules/plan';

/** Stands for `?`: any one code point. */
const ONE = -1;
/** Stands for any of the dashes. */
const DASH = -2;
const DASH_POINTS = codePoints(DASHES);

/**
 * Compiles a pattern with `?`, which is one code point and so may be two UTF-16 units, with any dash, or with half a character:
 * both sides are compared code point by code point. Each piece between two `*` is put at its leftmost place.
 */
export function codePointGlob(parts: readonly PatternPart[]): (text: string) => boolean {
  const pieces: number[][] = [[]];
  for (const part of parts) {
    if (typeof part === 'string') pieces.at(-1)!.push(...codePoints(part));
    else if (part.wild === 'any') pieces.push([]);
    else pieces.at(-1)!.push(part.wild === 'one' ? ONE : DASH);
  }
  const first = pieces[0]!;
  const last = pieces.at(-1)!;
  const middle = pieces.slice(1, -1).map((piece) => new Piece(piece));
  return (text) => {
    const points = codePoints(text);
    if (pieces.length === 1) return points.length === first.length && isAt(first, points, 0);
    const end = points.length - last.length;
    if (first.length > end || !isAt(first, points, 0) || !isAt(last, points, end)) return false;
    let from = first.length;
    for (const piece of middle) {
      from = piece.endIn(points, from);
      if (from < 0) return false;
    }
    return from <= end;
  };
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}

/** The code points that may stand in the place of one of a piece; those of `?` are not named. */
function pointsOf(point: number): readonly number[] {
  if (point === ONE) return [];
  return point === DASH ? DASH_POINTS : [point];
}

function isAt(piece: readonly number[], points: readonly number[], at: number): boolean {
  return piece.every((point, i) => {
    const found = points[at + i]!;
    return point === found || point === ONE || (point === DASH && DASH_POINTS.includes(found));
  });
}

/**
 * A piece that is looked for, by the Shift-And method (R. Baeza-Yates and G. Gonnet, A New Approach to Text Searching, 1992): a
 * bit for each of its beginnings that ends here. A text costs its length times a thirty-second of the piece's.
 */
class Piece {
  private readonly words: number;
  /** Code point → the places of the piece where it may stand, a bit each. */
  private readonly places = new Map<number, Int32Array>();
  private readonly anywhere: Int32Array;

  constructor(private readonly piece: readonly number[]) {
    this.words = Math.ceil(piece.length / 32);
    this.anywhere = new Int32Array(this.words);
    for (const point of piece.flatMap(pointsOf)) this.places.set(point, new Int32Array(this.words));
    for (const [i, point] of piece.entries()) {
      const mark = (places: Int32Array) => (places[i >> 5]! |= 1 << (i & 31));
      if (point === ONE) for (const places of [this.anywhere, ...this.places.values()]) mark(places);
      else for (const each of pointsOf(point)) mark(this.places.get(each)!);
    }
  }

  /** Where the leftmost occurrence ends that begins at `from` or later; -1 if there is none. */
  endIn(points: readonly number[], from: number): number {
    if (this.piece.length === 0) return from;
    const begun = new Int32Array(this.words);
    const goal = this.piece.length - 1;
    for (let at = from; at < points.length; at++) {
      const places = this.places.get(points[at]!) ?? this.anywhere;
      let carried = 1;
      for (let word = 0; word < this.words; word++) {
        const before = begun[word]!;
        begun[word] = ((before << 1) | carried) & places[word]!;
        carried = before >>> 31;
      }
      if ((begun[goal >> 5]! >>> (goal & 31)) & 1) return at + 1;
    }
    return -1;
  }
}
