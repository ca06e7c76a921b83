import { Differences } from '../lucene/fields';
import { entriesOf, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import { respondPage } from '../plan/respond';
import type { ExportResult, WholeContent } from '../target';
import { INSTALL, UNINSTALL } from './install';
import { monitorOf } from './monitor';
import { openSearchPipeline } from './pipeline';
import { differencesOf } from '../sentinel/differences';
import { readme } from './report';
import { SCRIPTS } from './scripts';
import { openSearchTemplate } from './template';

/** Everything for OpenSearch: monitors of its alerting plugin, and the index templates and ingest pipelines that they rest on. */
export function opensearch(content: WholeContent): ExportResult {
  const files = new Map<string, string>();
  const taken = new Set<string>();
  const entries = entriesOf(content, (detector) => {
    const plan = planOf(detector, content);
    const differences = new Differences();
    const monitor = monitorOf(detector, plan, differences);
    const sentences = [...differences.list(), ...differencesOf(plan)];
    const name = freeName(detector, taken);
    const path = `monitors/${name}.json`;
    files.set(path, pretty(monitor));
    files.set(`respond/${name}.md`, respondPage(detector, content.acts, sentences));
    const exactness = sentences.length > 0 ? 'superset' : 'exact';
    return { rule: detector, type: monitor.monitor_type.split('_')[0]!, exactness, path, differences: sentences };
  });
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const contract of contracts) {
    files.set(`templates/${contract.id}.json`, pretty(openSearchTemplate(contract)));
    files.set(`pipelines/${contract.id}.json`, pretty(openSearchPipeline(contract)));
  }
  for (const [id, script] of SCRIPTS) files.set(`scripts/${id}.json`, pretty(script));
  files.set('install.sh', INSTALL);
  files.set('uninstall.sh', UNINSTALL);
  files.set('README.md', readme(entries, contracts));
  return { files, entries };
}

/** Lists of numbers, of which a curve has hundreds, stand on a line each. */
function pretty(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(/\[\n[\s\d.,eE+-]+\]/g, (list) => list.replace(/\s+/g, ' '))}\n`;
}
