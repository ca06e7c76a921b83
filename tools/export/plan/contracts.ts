import { fieldsOf, type Contract } from '../../telemetry/contract';
import type { DetectorPlan, SlidingWindow } from './types';

/** The contracts of the sources that a detector reads, each once; first that of the source whose fields it groups by first. */
export function contractsOf(plan: DetectorPlan): [Contract, ...Contract[]] {
  if (plan.kind === 'hunt') return [plan.hunt.contract];
  if (plan.kind === 'events') return [plan.source.contract];
  return [...new Set(inWindow(plan.window))] as [Contract, ...Contract[]];
}

/** The fields by which an analyst knows an event: the asset, who acts, and the destination. */
export function rolesOf(contract: Contract): string[] {
  const { asset, identity, destination } = contract.roles;
  const known = fieldsOf(contract);
  const roles = [asset, identity, destination].filter((field) => field !== null && Object.hasOwn(known, field));
  return [...new Set(roles as string[])];
}

function inWindow({ members }: SlidingWindow): Contract[] {
  return members.flatMap(({ of }) => (of.op === 'source' ? [of.contract] : inWindow(of)));
}
