import { Session, type Profiler } from 'node:inspector';

/**
 * Counts what a function does: how often each block of JavaScript runs, as V8's precise coverage counts it, and how many characters
 * and items the built-in functions look at, which coverage does not see. Clocks are not asked: the count is the same on a busy machine.
 * Object spreads are not counted, and a regular expression costs what it reads once, however often it goes back: ESLint's
 * rules look at those. For a thread of its own, since it changes the built-in functions.
 */
export class Steps {
  private readonly session = new Session();
  private native = 0;

  constructor() {
    this.session.connect();
    this.post('Profiler.enable');
    this.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.watchTexts();
    this.watchLists();
  }

  /** The steps of a function that was called once before, so that nothing of it is left to be loaded. */
  of(run: () => unknown): number {
    this.blocks();
    this.native = 0;
    run();
    return this.native + this.blocks();
  }

  private post(method: string, params: object = {}): unknown {
    let answer: unknown;
    this.session.post(method, params, (error, result) => {
      if (error) throw error;
      answer = result;
    });
    return answer;
  }

  /** How many blocks have run since the last call. */
  private blocks(): number {
    const { result } = this.post('Profiler.takePreciseCoverage') as Profiler.TakePreciseCoverageReturnType;
    let blocks = 0;
    for (const { url, functions } of result) {
      if (url.startsWith('node:') || url.endsWith('steps.ts')) continue;
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
    }
    return blocks;
  }

  private watchTexts(): void {
    const upTo = (text: string, args: unknown[], found: unknown) => {
      const from = Number(args[1] ?? 0);
      return (typeof found === 'number' && found >= 0 ? found - from : text.length - from) + String(args[0]).length;
    };
    const whole = (text: string) => text.length;
    this.watch(String.prototype, ['indexOf'], upTo);
    this.watch(String.prototype, ['startsWith', 'endsWith'], (_, args) => String(args[0]).length);
    this.watch(
      String.prototype,
      ['trim', 'trimStart', 'trimEnd'],
      (text, _, found) => text.length - String(found).length,
    );
    this.watch(
      String.prototype,
      ['includes', 'lastIndexOf', 'split', 'search', 'match', 'replace', 'replaceAll', 'toLowerCase', 'toUpperCase'],
      whole,
    );
    const look = (pattern: RegExp, args: unknown[], found: unknown, from: number) => {
      const { length } = String(args[0]);
      if (pattern.sticky) return Math.max(0, pattern.lastIndex - from);
      return pattern.global && found ? pattern.lastIndex - from : length - from;
    };
    this.watch(RegExp.prototype, ['exec', 'test'], look, (pattern) =>
      pattern.global || pattern.sticky ? pattern.lastIndex : 0,
    );
    this.watch(JSON as object, ['parse'], (_, args) => String(args[0]).length);
  }

  private watchLists(): void {
    const whole = (list: unknown[]) => list.length;
    this.watch(Array.prototype, ['includes', 'indexOf', 'lastIndexOf', 'concat', 'flat', 'join'], whole);
    this.watch(Array.prototype, ['reverse', 'fill', 'shift', 'unshift', 'sort'], whole);
    this.watch(Array.prototype, ['slice'], (_, __, found) => (found as unknown[]).length);
    this.watch(Array.prototype, ['splice'], (list, args) => list.length - Number(args[0]));
    this.watch(Array.prototype, [Symbol.iterator], whole);
    this.watch(
      Object,
      ['keys', 'values', 'entries', 'assign', 'fromEntries'],
      (_, args) => Object.getOwnPropertyNames(args[0] ?? {}).length,
    );
  }

  /** Puts in the place of functions such as count. `before` is asked before the call, and its answer given to `cost`. */
  private watch<Holder extends object>(
    holder: Holder,
    names: PropertyKey[],
    cost: (self: Holder & string & unknown[] & RegExp, args: unknown[], found: unknown, before: number) => number,
    before: (self: RegExp) => number = () => 0,
  ): void {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the functions below have a `this` of their own.
    const steps = this;
    for (const name of names) {
      const original = Reflect.get(holder, name) as (...args: unknown[]) => unknown;
      const counting = function (this: never, ...args: unknown[]): unknown {
        const known = before(this);
        const found = original.apply(this, args);
        steps.native += Math.max(0, cost(this, args, found, known));
        return found;
      };
      Object.defineProperty(holder, name, { value: counting, writable: true, configurable: true });
    }
  }
}
