import type { Scalar } from '../values/event';
import type { CorrelationRule } from '../rules/model';
import type { WindowEntry } from './entry';
import { MAX_TUPLES } from './limits';
import { measureValue, measureValues, type MeasuredValues } from './measured';
import { combinationsOf, tuplesOf } from './tuples';
import type { CorrelationMatch } from './types';

type Values = CorrelationMatch['values'];

/** The fields that a correlation reads of the matches of one of its rules: group-by and condition, with aliases resolved. */
export function fieldsNeeded(rule: CorrelationRule, ruleId: string): string[] {
  const names = [...rule.groupBy, ...(rule.condition.field ?? [])];
  return [...new Set(names.map((name) => fieldOf(rule, name, ruleId)))];
}

/** The fields by which a correlation groups the matches of one of its rules, with aliases resolved. */
export function fieldsOfGroup(rule: CorrelationRule, ruleId: string): string[] {
  return rule.groupBy.map((name) => fieldOf(rule, name, ruleId));
}

/** The field that a name of a correlation stands for in one of its rules. */
export function fieldOf(rule: CorrelationRule, name: string, ruleId: string): string {
  const fields = Object.hasOwn(rule.aliases, name) ? rule.aliases[name]! : {};
  return Object.hasOwn(fields, ruleId) ? fields[ruleId]! : name;
}

/** Reads the matches of one of the rules that a correlation refers to. */
export class RuleMatches {
  readonly rules: readonly number[];
  private readonly groupColumns: readonly number[];
  private readonly valueColumns: readonly number[];
  private readonly carriedColumns: readonly number[];
  private readonly type: CorrelationRule['type'];

  /** `fields`: what the matches' values are. `carried`: the fields that outer correlations need. */
  constructor(rule: CorrelationRule, id: string, fields: readonly string[], carried: readonly string[]) {
    const columns = new Map(fields.map((field, column) => [field, column]));
    const columnOf = (field: string) => {
      const column = columns.get(field);
      if (column === undefined) throw new Error(`the matches of '${id}' lack the field '${field}' of '${rule.id}'`);
      return column;
    };
    this.rules = [rule.rules.indexOf(id)];
    this.groupColumns = rule.groupBy.map((name) => columnOf(fieldOf(rule, name, id)));
    this.valueColumns = (rule.condition.field ?? []).map((name) => columnOf(fieldOf(rule, name, id)));
    this.carriedColumns = carried.map(columnOf);
    this.type = rule.type;
  }

  /** The value or values of the one group field; undefined where there are several fields. */
  onlyGroup(match: CorrelationMatch): CorrelationMatch['values'][0] | undefined {
    return this.groupColumns.length === 1 ? match.values[this.groupColumns[0]!] : undefined;
  }

  /**
   * Whether a match has more than `MAX_TUPLES` combinations of values in the fields of the group and of the count, or in each of its
   * groups so many values that these are too many together. Such an event can only be an attack.
   */
  isCrowded(match: CorrelationMatch): boolean {
    const { groupColumns, valueColumns, carriedColumns } = this;
    if (match.inner) {
      // One field of it has what the window behind it has, which is bounded as the windows are.
      return [groupColumns, valueColumns].some(
        (columns) => columns.length > 1 && combinationsOf(valuesIn(columns, match)) > MAX_TUPLES,
      );
    }
    const { values } = match;
    if (!values.some((value) => Array.isArray(value))) return false;
    const groups = combinationsOf(valuesIn(groupColumns, match));
    if (groups === 0) return false;
    const lengthOf = (column: number) => (Array.isArray(values[column]) ? values[column].length : 1);
    const measured =
      valueColumns.length > 1
        ? combinationsOf(valuesIn(valueColumns, match))
        : valueColumns.reduce((_, column) => lengthOf(column), 1);
    const carried = carriedColumns.reduce((sum, column) => sum + lengthOf(column), 0);
    return groups * Math.max(1, measured, carried) > MAX_TUPLES;
  }

  /** The groups that a match belongs to. A list of values makes it a member of each; without a value it is in none. */
  groups(match: CorrelationMatch): Scalar[][] {
    return tuplesOf(valuesIn(this.groupColumns, match));
  }

  measured(match: CorrelationMatch): MeasuredValues {
    const columns = this.valueColumns;
    if (columns.length === 0) return null;
    if (columns.length === 1) return measureValue(this.type, match.values[columns[0]!] ?? null);
    return measureValues(this.type, valuesIn(columns, match));
  }

  /** `groups`: of how many groups the match is a member, which hold what is behind it together. */
  entry(match: CorrelationMatch, measured: MeasuredValues, groups: number): WindowEntry {
    const inner = match.inner ?? null;
    // The values of an inner correlation that are told apart are kept once, whatever the number of its steps.
    const values = inner !== null && this.type === 'value_count' ? null : measured;
    const count = values !== null && typeof values === 'object' ? values.length : 1;
    return {
      time: match.time,
      ingested: match.ingested,
      event: match.event,
      inner,
      runs: null,
      held: Math.max(1, count, inner === null ? 1 : Math.ceil(inner.held / groups)),
      rules: this.rules,
      measured,
      counted: null,
      carried: this.carriedColumns.length === 0 ? null : valuesIn(this.carriedColumns, match),
      next: null,
    };
  }
}

function valuesIn(columns: readonly number[], match: CorrelationMatch): Values {
  return columns.map((column) => match.values[column] ?? null);
}

/** What stands for a group in a map: no other tuple of as many values has the same, but for numbers and their texts. */
export function groupKey(values: readonly Scalar[]): string {
  return values.length === 1 ? String(values[0]!) : JSON.stringify(values.map(String));
}

/** The values of a group by the names of its fields. */
export function groupRecord(rule: CorrelationRule, values: readonly Scalar[]): Record<string, Scalar> {
  return Object.fromEntries(rule.groupBy.map((name, index) => [name, values[index]!]));
}
