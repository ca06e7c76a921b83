import { jsonOf } from '@tollgate/sigma/values/json';
import type { Match } from '@tollgate/sigma/correlate/match';

type Value = Match['values'][number];

/** V8's maps end at 2^24 entries, and two weeks of a large world have more codes; a text's last character decides its map. */
const MAPS = 16;

/** Numbers for values: equal ones have the same, and 0 is that of no value. */
export class Dictionary {
  private readonly ids = Array.from({ length: MAPS }, () => new Map<Value, number>());
  /** By their JSON text. */
  private readonly lists = new Map<string, number>();
  private readonly values: Value[] = [null];
  /** By number: that of its text, by which values are told apart in groups. */
  private readonly texts: number[] = [0];

  idOf(value: Value): number {
    if (Array.isArray(value)) return this.know(this.lists, jsonOf(value), value);
    if (value === null) return 0;
    const ids = this.ids[typeof value === 'string' ? value.charCodeAt(value.length - 1) % MAPS || 0 : 0]!;
    return ids.get(value) ?? this.know(ids, value, value);
  }

  /** The number that is the same for values of one text, such as 10 and "10". A list has its own. */
  textIdOf(id: number): number {
    return this.texts[id]!;
  }

  valueOf(id: number): Value {
    return this.values[id]!;
  }

  private know<Key>(ids: Map<Key, number>, key: Key, value: Value): number {
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = this.values.length));
      this.values.push(value);
      this.texts.push(id);
      if (typeof value !== 'string' && !Array.isArray(value)) this.texts[id] = this.idOf(String(value));
    }
    return id;
  }
}

/**
 * The matches of one request in columns, in the order of (time, event): a day of a large world has millions, and as objects they
 * would take ten times the memory.
 */
export class MatchTable {
  length = 0;
  private capacity = 1024;
  times = new Float64Array(this.capacity);
  occurrences = new Uint16Array(this.capacity);
  /** A column a field: numbers of the dictionary. */
  readonly columns: Uint32Array[];
  /** Whether a column holds a list of values. */
  readonly hasList: boolean[];
  /** By column: what came last, which often comes again. */
  private readonly last: { value: Value; id: number }[];
  ingested = new Float64Array(this.capacity);
  events = new Uint32Array(this.capacity);

  constructor(
    fields: number,
    private readonly dictionary: Dictionary,
  ) {
    this.columns = Array.from({ length: fields }, () => new Uint32Array(this.capacity));
    this.hasList = this.columns.map(() => false);
    this.last = this.columns.map(() => ({ value: null, id: 0 }));
  }

  /** Appends a match and whose it is; an error where it comes before the last one. */
  push({ event, time, ingested, values }: Match, occurrence: number): void {
    const row = this.length;
    if (row > 0 && (time < this.times[row - 1]! || (time === this.times[row - 1] && event < this.events[row - 1]!)))
      throw new Error(`event ${event} comes after event ${this.events[row - 1]}, which is later`);
    if (row === this.capacity) this.grow();
    this.times[row] = time;
    this.ingested[row] = ingested;
    this.events[row] = event;
    this.occurrences[row] = occurrence;
    for (let column = 0; column < this.columns.length; column++) {
      const value = values[column] ?? null;
      const last = this.last[column]!;
      if (value !== last.value) {
        if (Array.isArray(value)) this.hasList[column] = true;
        last.value = value;
        last.id = this.dictionary.idOf(value);
      }
      this.columns[column]![row] = last.id;
    }
    this.length++;
  }

  match(row: number): Match {
    return {
      event: this.events[row]!,
      time: this.times[row]!,
      ingested: this.ingested[row]!,
      values: this.columns.map((_, column) => this.valueAt(row, column)),
    };
  }

  /** The number of a value's text. */
  textIdAt(row: number, column: number): number {
    return this.dictionary.textIdOf(this.columns[column]![row]!);
  }

  valueAt(row: number, column: number): Value {
    return this.dictionary.valueOf(this.columns[column]![row]!);
  }

  /** The first row at `time` or later. */
  firstAt(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.times[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private grow(): void {
    this.capacity *= 2;
    const larger = <Numbers extends Float64Array | Uint32Array | Uint16Array>(numbers: Numbers): Numbers => {
      const grown = new (numbers.constructor as new (length: number) => Numbers)(this.capacity);
      grown.set(numbers);
      return grown;
    };
    this.times = larger(this.times);
    this.ingested = larger(this.ingested);
    this.events = larger(this.events);
    this.occurrences = larger(this.occurrences);
    for (const [index, column] of this.columns.entries()) this.columns[index] = larger(column);
  }
}
