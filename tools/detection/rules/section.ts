import { isMap } from '@tollgate/sigma/values/map';
import type { RuleBase } from '@tollgate/sigma/rules/model';

/** What a rule says under `tollgate`; undefined where it says nothing. The checks validate it (`rule.schema.json`). */
export function sectionOf(rule: Pick<RuleBase, 'attributes'>): TollgateSection | undefined {
  const section = rule.attributes['tollgate'];
  return isMap(section) ? (section as unknown as TollgateSection) : undefined;
}

/** A rule's own attributes but for that section. */
export function otherAttributes({ attributes }: Pick<RuleBase, 'attributes'>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== 'tollgate'));
}

/** What a rule says under `tollgate`, which is ours and not of Sigma (CONTRIBUTING.md, "The keys under `tollgate`"). */
export interface TollgateSection {
  /** The kinds of sign that it sees: volume, conversion, client, control, refusal. */
  shows: string[];
  moment: 'before' | 'during' | 'after';
  evasion: string;
  response: string;
  /** Ids of the acts on an alert, in the order of doing. */
  acts: string[];
  /** name → path of the number in this document and the range that makes sense. */
  parameters: Record<string, { at: string; range: [number, number] }>;
  /** Names of malicious scenarios that the rule promises to catch. */
  catches: string[];
  /** An experimental rule may wait for it. */
  budget?: FalsePositiveBudget;
}

/** The false positives that a rule may cost: episodes of ordinary traffic per so much of it. */
export interface FalsePositiveBudget {
  max: number;
  /** `day_or_100k_sends`: a day, or 100,000 sends where a day has more. */
  per: 'day' | '100k_sends' | 'day_or_100k_sends';
  bound: 'upper95';
  world: 'worst' | string;
}
