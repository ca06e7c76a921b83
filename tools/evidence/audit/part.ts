import type { HuntQuery } from '../../detection/hunt/types';
import type { UnitResult } from '../replay/unit';
import type { Progress } from '../../detection/engine/execution';
import type { Rule } from '@tollgate/sigma/rules/model';
import type { Scenario } from '../../simulate/scenario';
import type { World } from '../../simulate/world';
import type { Contract } from '../../telemetry/contract';

/** What is audited. */
export interface AuditOptions {
  worlds: World[];
  scenarios: Scenario[];
  /** All rules that are needed, base rules included. */
  rules: Rule[];
  queries: HuntQuery[];
  contracts: Map<string, Contract>;
  progress: Progress;
  /** What the worlds as they are gave when an earlier part tried them. */
  tried?: Map<World, Promise<UnitResult>>;
}

/** A measured number and how it is written: a share as per cent, a figure with three digits. */
export interface MeasuredNumber {
  value: number;
  kind: 'share' | 'figure';
  /** It is outside of what is allowed. */
  wrong?: boolean;
}

/** A bare number is a count; null is where there is nothing to show. */
export type Cell = string | number | MeasuredNumber | null;

export interface Table {
  title: string;
  columns: string[];
  rows: Cell[][];
}

/** What one part of the audit found. */
export interface PartResult {
  part: string;
  title: string;
  /** What was done with which worlds, seeds and days, in a few sentences. */
  about: string;
  tables: Table[];
  /** What is wrong with the data, a sentence each; none where all is well. */
  findings: string[];
}

/** One test of the data itself. */
export interface AuditPart {
  name: string;
  title: string;
  /** About how long it takes, in parts of the time that all take. */
  weight: number;
  /** Whether it says something of each rule and query. */
  ofDetectors?: true;
  run(options: AuditOptions): Promise<PartResult>;
}
