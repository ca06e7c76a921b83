import { fieldsOf, type Contract, type Field } from '../../telemetry/contract';

/** What a field of one source is called in another, and what says so. */
export interface FieldCounterpart {
  from: string;
  to: string;
  by: 'told' | 'same name' | 'same role' | 'same ECS name' | 'same signal';
}

/**
 * The field of another source that means the same, by the two contracts; null where they name none, or several. `told`: what the
 * author says, field → field.
 */
export function mapField(
  from: string,
  source: Contract,
  target: Contract,
  told: ReadonlyMap<string, string>,
): FieldCounterpart | null {
  const [own, others] = [fieldsOf(source), fieldsOf(target)];
  const said = told.get(from);
  if (said !== undefined) return { from, to: said, by: 'told' };
  if (Object.hasOwn(others, from)) return { from, to: from, by: 'same name' };
  for (const role of ['asset', 'identity', 'destination'] as const) {
    const to = target.roles[role];
    if (source.roles[role] === from && to !== null) return { from, to, by: 'same role' };
  }
  const field = own[from];
  if (field === undefined) return null;
  const only = (is: (other: Field) => boolean): string | null => {
    const found = Object.entries(others).filter(([, other]) => other.type === field.type && is(other));
    return found.length === 1 ? found[0]![0] : null;
  };
  const ecs = field.ecs === undefined ? null : only((other) => other.ecs === field.ecs);
  if (ecs !== null) return { from, to: ecs, by: 'same ECS name' };
  const signal =
    field.tells === undefined || field.tells === 'time' ? null : only(({ tells }) => tells === field.tells);
  return signal === null ? null : { from, to: signal, by: 'same signal' };
}
