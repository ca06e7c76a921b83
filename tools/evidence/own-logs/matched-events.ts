import type { RecordPlace } from './events';

/** When and where the records happened that something matched, by the number that they have among these. */
export class MatchedEvents {
  length = 0;
  private times = new Float64Array(1024);
  private lines = new Uint32Array(1024);
  /** From which number on events are of a file. */
  private readonly files: { first: number; file: string }[] = [];

  /** Takes an event and gives it the next number. */
  add(time: number, { file, line }: RecordPlace): number {
    if (this.length === this.times.length) this.grow();
    this.times[this.length] = time;
    this.lines[this.length] = line;
    if (this.files.at(-1)?.file !== file) this.files.push({ first: this.length, file });
    return this.length++;
  }

  timeOf(event: number): number {
    return this.times[event]!;
  }

  placeOf(event: number): RecordPlace {
    let [low, high] = [0, this.files.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.files[middle]!.first <= event) low = middle;
      else high = middle - 1;
    }
    return { file: this.files[low]!.file, line: this.lines[event]! };
  }

  private grow(): void {
    const [times, lines] = [new Float64Array(2 * this.length), new Uint32Array(2 * this.length)];
    times.set(this.times);
    lines.set(this.lines);
    [this.times, this.lines] = [times, lines];
  }
}
