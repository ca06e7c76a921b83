import type { DetectorPlan, ExportDetector } from '../plan/types';

/** A detector that the target can say. */
export interface Written {
  detector: ExportDetector;
  plan: DetectorPlan;
  /** Of its view, its file and its rows in the table of alerts. */
  name: string;
  query: string;
}
