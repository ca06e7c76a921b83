import type { Contract } from '../../telemetry/contract';
import type { Shape } from '../../telemetry/shape';
import { lackingFields } from '../plan/fields';
import type { DetectorPlan } from '../plan/types';

/** Panther's own log types by the contracts' ids. */
export type LogTypeShapes = ReadonlyMap<string, Shape>;

/** The custom log type for a source's records as the vendor writes them, such as `Custom.TollgateTwilioVerify`. */
export function customLogType({ id }: Contract): string {
  const words = id.split(/[^A-Za-z0-9]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `Custom.Tollgate${words.join('')}`;
}

/** Panther's own log type, where a detector finds in it all fields that it reads; else nothing, and it reads the custom one. */
export function shapeFor(plan: DetectorPlan, contract: Contract, shapes: LogTypeShapes): Shape | undefined {
  const shape = shapes.get(contract.id);
  return shape && lackingFields(plan, contract, shape).length === 0 ? shape : undefined;
}

export function logType(contract: Contract, shape: Shape | undefined): string {
  return shape?.index ?? customLogType(contract);
}

/** The table of a log type in the data lake (https://docs.panther.com/data-onboarding/custom-log-types). */
export function lakeTable(type: string): string {
  return `panther_logs.public.${type.replaceAll('.', '_').toLowerCase()}`;
}
