import { textsOf, type Event } from '../values/event';
import { textOf } from '../values/scalar';
import type { Plan } from '../rules/plan';
import { foldCase } from '../values/fold';
import { coversOf, SHORTEST_PART, type Trait } from './cover';
import { insertPath, isShort, walkPaths, type PathNode } from '../values/paths';
import { compilePredicate } from './predicate';

/** Longer texts seldom come twice, and are not remembered. */
const LONGEST_REMEMBERED = 256;

/** Texts that are remembered in all; then everything is forgotten and learnt again. */
const MAX_REMEMBERED = 100_000;

/** What may stand in the text of a number, such as `1.5e-7` or, where it is too large, `Infinity`. Texts are folded. */
const PART_OF_NUMBER = /^(?:[-+.\de]+|[infty]+)$/;

const NOBODY: readonly number[] = [];

/** The plans that ask for something of one field, or of any string. */
class Clue {
  readonly there: number[] = [];
  /** Whether the text of any number may show what is asked for. */
  asksForNumbers = false;
  private readonly values = new Map<string, number[]>();
  /** By three characters of it, the part that is looked for and the plan that does. */
  private readonly parts = new Map<number, { text: string; plan: number }[]>();
  /** Text → the plans whose trait it shows. */
  private readonly known = new Map<string, readonly number[]>();

  addValue(text: string, plan: number): void {
    this.asksForNumbers = true;
    append(this.values, text, plan);
  }

  addPart(gram: number, text: string, plan: number): void {
    if (PART_OF_NUMBER.test(text)) this.asksForNumbers = true;
    append(this.parts, gram, { text, plan });
  }

  get asksForText(): boolean {
    return this.values.size > 0 || this.parts.size > 0;
  }

  /** The plans that a text may satisfy, and whether it was not known before. */
  plansFor(text: string): { plans: readonly number[]; isNew: boolean } {
    const known = this.known.get(text);
    if (known !== undefined) return { plans: known, isNew: false };
    const plans = this.search(foldCase(text));
    if (text.length > LONGEST_REMEMBERED) return { plans, isNew: false };
    this.known.set(text, plans);
    return { plans, isNew: true };
  }

  forget(): void {
    this.known.clear();
  }

  private search(folded: string): readonly number[] {
    const equal = this.values.get(folded) ?? NOBODY;
    if (this.parts.size === 0 || folded.length < SHORTEST_PART) return equal;
    let all: Set<number> | null = null;
    /** What has been looked for, since a text may repeat three characters as often as it likes. */
    const sought = new Set<unknown>();
    for (let i = 0; i + SHORTEST_PART <= folded.length; i++) {
      const parts = this.parts.get(gramAt(folded, i));
      if (parts === undefined || sought.has(parts)) continue;
      sought.add(parts);
      for (const { text, plan } of parts) if (folded.includes(text)) (all ??= new Set(equal)).add(plan);
    }
    return all === null ? equal : [...all];
  }
}

/**
 * Runs many plans at once. Each is filed under traits of which an event must show one (`cover.ts`), so that an event costs the
 * few plans whose traits it shows and not all of them: with SigmaHQ's rules, 3 of 3,757.
 */
export class ManyPlans {
  /** Compiled when an event first shows a trait of the plan, which most of many rules never see. */
  private readonly compiled: (((event: Event) => boolean) | undefined)[] = [];
  private readonly root: PathNode<Clue> = { children: new Map() };
  private readonly anyText = new Clue();
  /** Plans that are to be run on every event. */
  private readonly always: number[] = [];
  private readonly clues = new Map<string, Clue>();
  /** For each plan the number of the last event of which it was a candidate. */
  private readonly seenIn: Float64Array;
  private event = 0;
  private remembered = 0;

  constructor(private readonly plans: readonly Plan[]) {
    this.seenIn = new Float64Array(plans.length);
    const covers = coversOf(plans).map((cover) => (cover?.every(isIndexable) ? cover : null));
    const gramOf = rarestGram(covers);
    for (const [plan, cover] of covers.entries()) {
      if (cover === null) this.always.push(plan);
      else for (const trait of cover) this.file(trait, plan, gramOf);
    }
  }

  /** The fields on which `candidates` depends; `null` where it looks at the whole event. */
  get cluesOn(): string[] | null {
    return this.always.length > 0 || this.anyText.asksForText ? null : [...this.clues.keys()];
  }

  /** The positions of the plans that hold of an event, ascending. */
  matching(event: Event): number[] {
    return this.among(this.candidates(event), event);
  }

  /** The positions of the plans that may hold of an event, each once. */
  candidates(event: Event): number[] {
    this.event++;
    const found: number[] = [];
    const add = (plans: readonly number[]) => {
      for (const plan of plans) {
        if (this.seenIn[plan] === this.event) continue;
        this.seenIn[plan] = this.event;
        found.push(plan);
      }
    };
    add(this.always);
    walkPaths(event, this.root, (clue, value) => {
      add(clue.there);
      if (!clue.asksForText) return;
      const text = textOf(value);
      if (text !== null) add(this.plansFor(clue, text));
    });
    if (this.anyText.asksForText) {
      const texts = textsOf(event, this.anyText.asksForNumbers);
      for (const text of texts) add(this.plansFor(this.anyText, text));
    }
    return found;
  }

  /** Those of the candidates that hold of an event, ascending. */
  among(candidates: readonly number[], event: Event): number[] {
    const found = candidates.filter((plan) => (this.compiled[plan] ??= compilePredicate(this.plans[plan]!))(event));
    return found.length > 1 ? found.sort((a, b) => a - b) : found;
  }

  private plansFor(clue: Clue, text: string): readonly number[] {
    const { plans, isNew } = clue.plansFor(text);
    if (isNew && ++this.remembered > MAX_REMEMBERED) {
      for (const each of [...this.clues.values(), this.anyText]) each.forget();
      this.remembered = 0;
    }
    return plans;
  }

  private file(trait: Trait, plan: number, gramOf: (text: string) => number): void {
    const clue = trait.field === null ? this.anyText : this.clueOf(trait.field);
    if (trait.kind === 'there') clue.there.push(plan);
    else if (trait.kind === 'value') clue.addValue(trait.text, plan);
    else clue.addPart(gramOf(trait.text), trait.text, plan);
  }

  private clueOf(field: string): Clue {
    const known = this.clues.get(field);
    if (known !== undefined) return known;
    const clue = new Clue();
    this.clues.set(field, clue);
    insertPath(this.root, field, clue);
    return clue;
  }
}

function isIndexable({ field }: Trait): boolean {
  return field === null || isShort(field);
}

/** Which three characters of a part to look for: those that the fewest parts of all plans have. */
function rarestGram(covers: readonly (Trait[] | null)[]): (text: string) => number {
  const counts = new Map<number, number>();
  for (const trait of covers.flatMap((cover) => cover ?? [])) {
    if (trait.kind !== 'part') continue;
    for (const gram of gramsOf(trait.text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return (text) => gramsOf(text).reduce((best, gram) => (counts.get(gram)! < counts.get(best)! ? gram : best));
}

function gramsOf(text: string): number[] {
  return Array.from({ length: text.length - SHORTEST_PART + 1 }, (_, i) => gramAt(text, i));
}

/** Three characters as a number. Different ones may share it, which costs time and changes nothing. */
function gramAt(text: string, at: number): number {
  return ((text.charCodeAt(at) << 14) ^ (text.charCodeAt(at + 1) << 7) ^ text.charCodeAt(at + 2)) & 0x3fffffff;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
