import type { Contract } from '../../telemetry/contract';
import { indexTemplate } from '../lucene/template';

/** What stands for an object in the other's mapping, whose fields have dots in their names. */
const isHolder = (mapping: unknown): boolean => (mapping as { index?: boolean }).index === false;

/** A source's index template in the words of OpenSearch, which has objects where Elasticsearch's has names with dots, and no failure store. */
export function openSearchTemplate(contract: Contract): Record<string, unknown> {
  const whole = indexTemplate(contract) as {
    template: { settings: object; mappings: { dynamic: boolean; properties: Record<string, unknown> } };
  };
  const { settings, mappings } = whole.template;
  const properties = Object.entries(mappings.properties).filter(([, mapping]) => !isHolder(mapping));
  return {
    ...whole,
    template: { settings, mappings: { dynamic: mappings.dynamic, properties: Object.fromEntries(properties) } },
  };
}
