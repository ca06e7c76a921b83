import { pipelineName } from '../elastic/names';
import { alerting, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import type { ExportDetector } from '../plan/types';
import { NotExportable, type ExportContent, type ExportEntry, type ExportResult } from '../target';
import { INSTALL, UNINSTALL } from './install';
import { monitorOf } from './monitor';
import { opensearchPipeline } from './pipeline';
import { readme } from './report';
import { opensearchTemplate } from './template';

/** Everything for OpenSearch: monitors of its Alerting plugin, and the index templates and ingest pipelines that they rest on. */
export function opensearch(content: ExportContent): ExportResult {
  const files = new Map<string, string>();
  const taken = new Set<string>();
  const write = (detector: ExportDetector): ExportEntry => {
    const { monitor, differences } = monitorOf(detector, planOf(detector, content));
    const path = `monitors/${freeName(detector, taken)}.json`;
    files.set(path, pretty(monitor));
    const exactness = differences.length > 0 ? 'superset' : 'exact';
    return { rule: detector, type: monitor.monitor_type, exactness, path, differences };
  };
  const entries = [...alerting(content.rules), ...content.queries].map((detector): ExportEntry => {
    try {
      return write(detector);
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      return { rule: detector, type: '-', exactness: 'refused', path: null, differences: [error.message] };
    }
  });
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const contract of contracts) {
    files.set(`templates/${contract.id}.json`, pretty(opensearchTemplate(contract)));
    files.set(`pipelines/${contract.id}.json`, pretty(opensearchPipeline(contract)));
  }
  files.set('install.sh', INSTALL);
  files.set('uninstall.sh', UNINSTALL);
  files.set(
    'README.md',
    readme(
      entries,
      contracts.map((contract) => ({ id: contract.id, title: contract.title, name: pipelineName(contract) })),
    ),
  );
  return { files, entries };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
