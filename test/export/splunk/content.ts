import { loadShapes } from '../../../tools/telemetry/shape-load';
import type { WholeContent } from '../../../tools/export/target';
import { repository } from '../sql/detectors';

/** The repository's rules, queries and contracts, with the shapes of Splunk's add-ons. */
export function splunkContent(): WholeContent {
  const { content } = repository();
  return { ...content, shapes: loadShapes('schemas/shapes/splunk', content.contracts).shapes };
}
