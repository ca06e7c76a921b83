import { scalarAt } from '@tollgate/sigma/values/event';
import type { Contract } from '../../telemetry/contract';
import { deriver } from '../../telemetry/derive';
import { absentFrom } from '../../telemetry/form';

/** The fields by which a new rule or query of a source groups and what it counts, unless it is told: neighbours in a block, or whatever names who asks. */
export function groupingOf(contract: Contract): { groupBy: string[]; count: string | null } {
  const { asset, identity, destination } = contract.roles;
  // A group by what a form of the source lacks would never see that form.
  const lacking = new Set(Object.values(contract.forms ?? {}).flatMap((form) => [...absentFrom(form, contract)]));
  const usable = (field: string | null): field is string =>
    field !== null && !lacking.has(field) && isInExample(field, contract);
  if (destination !== null && usable('destination.block'))
    return { groupBy: [asset, 'destination.block'], count: destination };
  if (Object.hasOwn(contract.derived, 'destination.country') && usable('destination.country'))
    return { groupBy: [asset, 'destination.country'], count: null };
  return { groupBy: [asset, ...(usable(identity) ? [identity] : [])], count: null };
}

/** What a new rule or query asks of an event, unless it is told: the step that the source's example is of, as `field=value`. */
export function conditionsOf(contract: Contract): string[] {
  const event = deriver(contract)(contract.example, 0);
  return contract.step.flatMap((field) => {
    const value = scalarAt(event, field);
    return value === null || Array.isArray(value) || value === '' ? [] : [`${field}=${String(value)}`];
  });
}

function isInExample(field: string, contract: Contract): boolean {
  return scalarAt(deriver(contract)(contract.example, 0), field) !== null;
}
