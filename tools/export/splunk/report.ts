import type { Contract } from '../../telemetry/contract';
import type { ExportEntry } from '../target';
import type { Shapes } from './records';
export function readme(entries: readonly ExportEntry[], contracts: readonly Contract[], shapes: Shapes): string {
  return `${entries.length} ${contracts.length} ${shapes.size}\n`;
}
