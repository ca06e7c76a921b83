import { rootKey, unit, type Key } from '../../simulate/random';

/** An even sample of a stream, of at most so many; which ones is decided by the name alone (algorithm R, Vitter 1985). */
export class Reservoir<T> {
  readonly kept: T[] = [];
  /** How many were offered. */
  seen = 0;
  private readonly key: Key;

  constructor(
    name: string,
    private readonly most: number,
  ) {
    this.key = rootKey(1, name);
  }

  /** Takes the next one; `make` is called only where it is kept. */
  offer(make: () => T): void {
    const place =
      this.kept.length < this.most ? this.kept.length : Math.floor(unit(this.key, '', this.seen) * (this.seen + 1));
    if (place < this.most) this.kept[place] = make();
    this.seen++;
  }
}
