import type { Contract } from '../../telemetry/contract';

/**
 * Name of a source's dataset. Data streams are named `<type>-<dataset>-<namespace>`, and a dataset's name may not hold a
 * hyphen (Elastic's data stream naming scheme).
 */
export function datasetOf(contract: Contract): string {
  return `tollgate.${contract.id.replaceAll('-', '_')}`;
}

/** The data streams that hold a source's events, in whatever namespace. */
export function indexPattern(contract: Contract): string {
  return contract.id === 'tollgate.alert' ? '.alerts-security.alerts-*' : `logs-${datasetOf(contract)}-*`;
}

/** Name of a source's ingest pipeline. */
export function pipelineName(contract: Contract): string {
  return `logs-${datasetOf(contract)}`;
}

/** Name of a source's index template. */
export function templateName(contract: Contract): string {
  return `logs-${datasetOf(contract)}`;
}
