import { aws } from '../../../tools/export/aws';
import type { ExportResult, WholeContent } from '../../../tools/export/target';
import { loadShapes } from '../../../tools/telemetry/shape-load';
import { repository } from '../sql/detectors';

/** The repository's rules, queries and contracts, with the shapes of what Athena reads. */
export function awsContent(): WholeContent {
  const { content } = repository();
  const folders = ['athena', 'security-lake'].map((platform) => `schemas/shapes/${platform}`);
  return { ...content, shapes: loadShapes(folders, content.contracts).shapes };
}

let exported: ExportResult | undefined;

/** The export of the repository; it is made once. */
export function awsExport(): ExportResult {
  return (exported ??= aws(awsContent()));
}
