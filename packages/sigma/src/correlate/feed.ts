import type { Scalar } from '../values/event';
import type { CorrelationRule } from '../rules/model';
import type { InnerWindowPart } from './entry';
import type { CorrelationMatch } from './types';

/** What the correlations that refer to one need of it: `fields` are what the values of its matches are. */
export class Feed {
  /** The fields that it does not group by, and so has from its own matches. */
  readonly carried: readonly string[];

  constructor(
    private readonly rule: CorrelationRule,
    private readonly fields: readonly string[],
  ) {
    this.carried = fields.filter((field) => !rule.groupBy.includes(field));
  }

  /** A step of a group at which the condition holds, as a match. `carried` has the values of the fields of that name in its window. */
  match(group: readonly Scalar[], carried: CorrelationMatch['values'], inner: InnerWindowPart): CorrelationMatch {
    const values = this.fields.map((field) => {
      const position = this.rule.groupBy.indexOf(field);
      return position < 0 ? carried[this.carried.indexOf(field)]! : group[position]!;
    });
    const { event } = inner.list.at(inner.to)!;
    return { event, time: inner.time, ingested: inner.ingested, values, inner };
  }
}
