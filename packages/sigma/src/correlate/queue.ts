/** First in, first out, in constant time each and without holding on to what was taken out. */
export class Queue<T> {
  private items: (T | undefined)[] = [];
  private head = 0;
  private taken = 0;

  get first(): T | undefined {
    return this.items[this.head];
  }

  get last(): T | undefined {
    return this.items.at(-1);
  }

  /** How many were pushed, of which those that were taken out at the beginning still count. */
  get pushed(): number {
    return this.taken + this.items.length - this.head;
  }

  /** The one that was pushed after so many others; undefined where it is not there any more. */
  at(place: number): T | undefined {
    return place < this.taken ? undefined : this.items[place - this.taken + this.head];
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): void {
    this.items[this.head++] = undefined;
    this.taken++;
    if (this.head === this.items.length) {
      this.items.length = 0;
      this.head = 0;
    } else if (this.head >= 4096 && this.head * 2 >= this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
  }

  /** Takes the last one out, of those that there are. */
  pop(): void {
    this.items.pop();
    if (this.head === this.items.length) {
      this.items.length = 0;
      this.head = 0;
    }
  }
}
