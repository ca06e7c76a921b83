import type { WindowEntry } from './entry';

/**
 * The largest number of rules whose events can be picked in the written order and in the order of time; events of equal
 * time count as in order. Kept as the latest possible beginning of a chain of each length that ends with each rule: a
 * chain lies in the window exactly if it begins in it, so nothing has to be taken out when the window moves on.
 */
export class ChainLength {
  /** `[length − 1][rule]` → time of the first event of the latest such chain. */
  private readonly beginnings: number[][];
  /** The rules that matched at the last time. */
  private readonly present: boolean[];
  private time = -Infinity;

  constructor(private readonly rules: number) {
    this.beginnings = Array.from({ length: rules }, () => new Array<number>(rules).fill(-Infinity));
    this.present = new Array<boolean>(rules).fill(false);
  }

  add(entry: WindowEntry): void {
    if (entry.time !== this.time) this.present.fill(false);
    this.time = entry.time;
    let anew = false;
    for (const rule of entry.rules) {
      if (this.present[rule]) continue;
      this.present[rule] = true;
      anew = true;
    }
    if (!anew) return;
    // All of this time once more, in the order of the rules, because an event of equal time may have come before.
    for (let rule = 0; rule < this.rules; rule++) if (this.present[rule]) this.extend(rule, entry.time);
  }

  /** Nothing to do: a chain that began before the window is told by its beginning. */
  remove(): void {}

  repeat(entry: WindowEntry): void {
    this.add(entry);
  }

  value(from: number): number {
    for (let length = this.rules; length > 0; length--) {
      if (this.beginnings[length - 1]!.some((time) => time >= from)) return length;
    }
    return 0;
  }

  private extend(rule: number, time: number): void {
    this.beginnings[0]![rule] = time;
    for (let length = 2; length <= rule + 1; length++) {
      const shorter = this.beginnings[length - 2]!;
      let latest = this.beginnings[length - 1]![rule]!;
      for (let before = 0; before < rule; before++) latest = Math.max(latest, shorter[before]!);
      this.beginnings[length - 1]![rule] = latest;
    }
  }
}
