import { compileQuery, type Query } from '@tollgate/sigma-elasticsearch/compile';
import { casedField } from '@tollgate/sigma-elasticsearch/mapping';
import type { Field } from '../../telemetry/contract';
import { spanOf } from './records';
import type { Role } from './counters';
import type { HuntQuery, HuntRun, HuntScope, Measure } from './types';

/** The events of a run, and of the parts of it, as query DSL. */
export class EventFilters {
  private readonly selections: Map<string, Query>;

  constructor(
    private readonly query: HuntQuery,
    fields: Record<string, Field>,
    private readonly run: HuntRun,
  ) {
    this.selections = new Map(
      Object.entries(query.selections).map(([name, plan]) => [name, compileQuery(plan, fields).query]),
    );
  }

  /** All events that can matter. The scope is bound as terms: whatever text it is, it is only ever a value. */
  base(scope: HuntScope): Query {
    const span = spanOf(this.query, this.run);
    const terms: Query[] = [];
    if (scope.asset !== undefined) terms.push({ term: { [this.query.scope.asset]: { value: scope.asset } } });
    if (scope.identity !== undefined && this.query.scope.identity !== null) {
      terms.push({ term: { [this.query.scope.identity]: { value: scope.identity } } });
    }
    const any = { bool: { should: [...this.selections.values()], minimum_should_match: 1 } };
    return { bool: { filter: [during(span.from, span.to), ...terms, any] } };
  }

  /** The events of one of a measure's two sets. */
  of(measure: Measure, role: Role): Query {
    const { from, to } = this.run;
    const [start, end] = measure.over === 'window' ? [from, to] : [from - this.query.baselineMs, from];
    const late = role === 'also' ? this.query.window.settleMs : 0;
    return { bool: { filter: [this.selections.get(measure[role]!)!, during(start, end + late)] } };
  }
}

function during(from: number, to: number): Query {
  return { range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } };
}

/** The index field that holds a field's values as they are: for numbers and truths the field itself. */
export function casedOrNumber(name: string, fields: Record<string, Field>): string {
  const field = fields[name]!;
  return field.type === 'date' ? casedField(name, field) : name;
}
