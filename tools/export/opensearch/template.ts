import type { Contract } from '../../telemetry/contract';
import { indexTemplate } from '../elastic/template';

interface Parts {
  template: { settings: object; mappings: { properties: Record<string, { index?: boolean }> } };
  [part: string]: unknown;
}

/**
 * The index template of a source's data streams for OpenSearch, which has no failure store and takes names with dots for objects
 * (https://docs.opensearch.org/2.19/field-types/): what holds a list of objects is then an object by itself.
 */
export function opensearchTemplate(contract: Contract): Record<string, unknown> {
  const { template, ...parts } = indexTemplate(contract) as unknown as Parts;
  const properties = Object.fromEntries(
    Object.entries(template.mappings.properties).filter(([, { index }]) => index !== false),
  );
  return { ...parts, template: { settings: template.settings, mappings: { dynamic: false, properties } } };
}
