import type { Rule } from '@tollgate/sigma/rules/model';
import type { HuntQuery } from '../detection/hunt/types';
import type { Act } from '../detection/acts/act';
import type { Contract } from '../telemetry/contract';
import type { Shape } from '../telemetry/shape';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import type { Placeholders } from '@tollgate/sigma/rules/transform';

/** What a target is made from. `rules` are in the order of their files. */
export interface ExportContent {
  rules: Rule[];
  /** In the order of their files. */
  queries: HuntQuery[];
  /** Rules over the alerts of these: their log source is `product: tollgate, service: alert`. */
  incidents: Rule[];
  contracts: ReadonlyMap<string, Contract>;
  /** By their ids: what rules name for the analyst to do. */
  acts: ReadonlyMap<string, Act>;
}

/** With what only some targets read. */
export interface WholeContent extends ExportContent {
  /** What the rules were read from: rules and filters in the order of their files, and what a site says for placeholders. */
  written: { documents: readonly YamlDocument[]; placeholders: Placeholders };
  /** Under which names platforms keep the sources' records. */
  shapes: readonly Shape[];
  /** The cases of a rule, by its id; only some callers have them. */
  cases?: (rule: string) => readonly TestCase[];
}

/** A case: records that a source delivered. */
export interface TestCase {
  name: string;
  /** `time` in epoch milliseconds. */
  records: readonly { source: string; time: number; record: Record<string, unknown> }[];
}

/**
 * How an exported rule relates to the rule's meaning. `exact`: it finds the same groups or events, whenever it runs.
 * `superset`: it misses nothing that the rule finds, and may find more, as its differences say. `refused`: the target
 * can't say it, and nothing is written for it.
 */
export type Exactness = 'exact' | 'superset' | 'refused';

/** What became of one rule or query: a line of the target's report. */
export interface ExportEntry {
  rule: Rule | HuntQuery;
  exactness: Exactness;
  /** The target's own word for the kind of rule, such as `threshold`; `-` where it was refused. */
  type: string;
  /** Path of its file below the target's folder; `null` where it was refused. */
  path: string | null;
  /** In which ways it differs from the rule, or why it was refused; whole sentences. */
  differences: string[];
}

export interface ExportResult {
  /** Path below the target's folder, with forward slashes → text. */
  files: Map<string, string>;
  entries: ExportEntry[];
}

/** Everything that a platform needs to run the content. The same content gives the same bytes. */
export type Target = (content: WholeContent) => ExportResult;

/** Thrown by a target's writers where the platform can't say a thing exactly. The message is a whole sentence. */
export class NotExportable extends Error {}
