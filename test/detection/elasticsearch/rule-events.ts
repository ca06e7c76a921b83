import type { Event } from '@tollgate/sigma/values/event';
import { integerOf } from '@tollgate/sigma/values/scalar';
import { RegexParser, Untranslatable, type RegexTree } from '@tollgate/sigma-elasticsearch/regex-tree';
import type { Expr, PatternPart, Plan, Test } from '@tollgate/sigma/rules/plan';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An event that satisfies a plan as far as values can be made for it, and one that nearly does. */
export function eventsOf(plan: Plan, random: () => number): [Event, Event] {
  const good = new Maker(random).event(plan.expr, true);
  const near = random() < 0.5 ? new Maker(random).event(plan.expr, false) : spoiled(good, random);
  return [good, near];
}

/** The event with one of its values changed a little. */
function spoiled(event: Event, random: () => number): Event {
  const keys = Object.keys(event);
  const key = keys[Math.floor(random() * keys.length)];
  if (key === undefined) return { Other: 'x' };
  const value = event[key];
  if (typeof value === 'number') return { ...event, [key]: value + 1 };
  if (typeof value !== 'string' || value === '') return { ...event, [key]: [] };
  const points = Array.from(value);
  const at = Math.floor(random() * points.length);
  points.splice(at, random() < 0.5 ? 1 : 0, ...(random() < 0.5 ? ['\n'] : []));
  return { ...event, [key]: points.join('') };
}

/** What is known of the text that a field must have. */
interface Wanted {
  first: string;
  middle: string[];
  last: string;
  whole?: unknown;
}

class Maker {
  private readonly wanted = new Map<string, Wanted>();

  constructor(private readonly random: () => number) {}

  event(expr: Expr, holds: boolean): Event {
    this.make(expr, holds);
    const event: Event = {};
    for (const [name, { first, middle, last, whole }] of this.wanted) {
      const text =
        whole ?? this.recased(first) + middle.map((each) => this.recased(each)).join(' ') + this.recased(last);
      this.put(event, name, this.random() < 0.1 ? [text, 'other', 7] : text);
    }
    return event;
  }

  private make(expr: Expr, holds: boolean): void {
    switch (expr.op) {
      case 'not':
        return this.make(expr.expr, !holds);
      case 'test':
        return holds ? this.satisfy(expr.test) : this.miss(expr.test);
      default: {
        const parts = expr.op === 'and' ? expr.all : expr.any;
        const one = Math.floor(this.random() * parts.length);
        const rest = (expr.op === 'and') === holds;
        parts.forEach((part, at) => this.make(part, rest || at === one ? holds : !holds && expr.op === 'and'));
      }
    }
  }

  private satisfy(test: Test): void {
    switch (test.kind) {
      case 'pattern':
        return this.pattern(test.field ?? 'Message', test.parts);
      case 'regex':
        return this.regex(test);
      case 'exists':
        return test.present ? this.whole(test.field, null) : undefined;
      case 'null':
        return undefined;
      case 'number': {
        const step = test.op === 'lt' ? -1 : test.op === 'gt' ? 1 : 0;
        const near =
          typeof test.value === 'number' ? test.value + step : integerOf(String(BigInt(test.value) + BigInt(step)));
        return this.whole(test.field, this.random() < 0.5 ? near : String(near));
      }
      case 'boolean':
        return this.whole(test.field, this.random() < 0.5 ? test.value : String(test.value).toUpperCase());
      case 'cidr':
        return this.whole(test.field, test.network.split('/')[0]);
      case 'time':
        return this.whole(test.field, '2024-02-29T12:00:00Z');
      case 'ref':
        this.whole(test.field, 'C:\\same.exe');
        return this.whole(test.other, 'c:\\SAME.exe');
    }
  }

  /** Most tests do not hold of a field that is absent; these two do. */
  private miss(test: Test): void {
    if (test.kind === 'null' || (test.kind === 'exists' && !test.present)) this.whole(test.field, 'x');
  }

  private pattern(name: string, parts: PatternPart[]): void {
    const text = parts
      .map((part) => (typeof part === 'string' ? part : part.wild === 'one' ? 'q' : this.filler()))
      .join('');
    const wanted = this.of(name);
    const [open, close] = [typeof parts[0] === 'object', typeof parts.at(-1) === 'object'];
    if (!open && !close) wanted.whole = this.recased(text);
    else if (open && close) wanted.middle.push(text);
    else if (open) wanted.last = text;
    else wanted.first = text;
  }

  private regex(test: Extract<Test, { kind: 'regex' }>): void {
    try {
      this.of(test.field ?? 'Message').middle.push(this.sample(new RegexParser(test).whole()));
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
    }
  }

  /** A text that a regular expression matches, but for its anchors and word boundaries. */
  private sample(tree: RegexTree): string {
    switch (tree.kind) {
      case 'mark':
        return '';
      case 'sequence':
        return tree.items.map((item) => this.sample(item)).join('');
      case 'choice':
        return this.sample(tree.options[Math.floor(this.random() * tree.options.length)]!);
      case 'repeat': {
        const count = Math.min(tree.max, tree.min + Math.floor(this.random() * 3));
        return Array.from({ length: count }, () => this.sample(tree.item)).join('');
      }
      case 'set': {
        const inside = (code: number): boolean => tree.ranges.some(([from, to]) => from <= code && code <= to);
        const codes = Array.from({ length: 95 }, (_, i) => i + 32).filter((code) => inside(code) !== tree.negated);
        const [from = 32] = tree.ranges[0] ?? [];
        return String.fromCodePoint(codes[Math.floor(this.random() * codes.length)] ?? from);
      }
    }
  }

  private whole(name: string, value: unknown): void {
    this.of(name).whole = value;
  }

  private of(name: string): Wanted {
    const wanted = this.wanted.get(name) ?? { first: '', middle: [], last: '' };
    this.wanted.set(name, wanted);
    return wanted;
  }

  private put(event: Event, name: string, value: unknown): void {
    const dot = name.indexOf('.');
    const head = name.slice(0, Math.max(0, dot));
    if (dot <= 0 || this.random() < 0.5 || (head in event && typeof event[head] !== 'object')) event[name] = value;
    else event[head] = { ...(event[head] as Event | undefined), [name.slice(dot + 1)]: value };
  }

  private filler(): string {
    return ['', 'x', ' y ', '\\'][Math.floor(this.random() * 4)]!;
  }

  private recased(text: string): string {
    const chance = this.random();
    return chance < 0.2 ? text.toUpperCase() : chance < 0.4 ? text.toLowerCase() : text;
  }
}
