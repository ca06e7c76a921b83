import { alerting, entryOf } from '../plan/detector';
import type { ExportDetector } from '../plan/types';
import type { ExportContent, ExportEntry, ExportResult } from '../target';
import { ALERTS } from './alerts';
import { convert } from './convert';
import { INSTALL, UNINSTALL } from './install';
import { pipelineName } from '../lucene/names';
import { ingestPipeline } from '../lucene/pipeline';
import { readme } from './report';
import type { KibanaRule } from './rule';
import { indexTemplate } from '../lucene/template';

/** Everything for Elastic: rules that Kibana imports, the index templates and the ingest pipelines that they rest on. */
export function elastic(content: ExportContent): ExportResult {
  const files = new Map<string, string>();
  const rules: KibanaRule[] = [];
  const entry = (rule: ExportDetector, within: ExportContent = content): ExportEntry =>
    entryOf(rule, () => {
      const converted = convert(rule, within);
      const path = `rules/${fileName(rule)}.json`;
      if (files.has(path)) throw new Error(`two rules would be written to ${path}`);
      files.set(path, pretty(converted.rule));
      rules.push(converted.rule);
      const { exactness, differences } = converted;
      return { rule, type: converted.rule.type, exactness, path, differences };
    });
  const entries = [
    ...alerting(content.rules).map((rule) => entry(rule)),
    ...content.incidents.filter((rule) => rule.kind === 'correlation').map((rule) => entry(rule, overAlerts(content))),
    ...content.queries.map((query) => entry(query)),
  ];
  const contracts = [...content.contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const contract of contracts) {
    files.set(`templates/${contract.id}.json`, pretty(indexTemplate(contract)));
    files.set(`pipelines/${contract.id}.json`, pretty(ingestPipeline(contract)));
  }
  files.set('rules.ndjson', ndjson(rules));
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

/** A single alert of a high level is an incident without any rule; what counts alerts becomes a rule on Kibana's own. */
function overAlerts(content: ExportContent): ExportContent {
  return { ...content, rules: content.incidents, contracts: new Map([[ALERTS.id, ALERTS]]) };
}

/** The rule's title in lower case with hyphens: a name that stays readable in a list of files. */
function fileName(rule: { title: string }): string {
  return rule.title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Kibana's import format: a rule a line, and a last line that says what was exported. */
function ndjson(rules: KibanaRule[]): string {
  const details = {
    exported_count: rules.length,
    exported_rules_count: rules.length,
    missing_rules: [],
    missing_rules_count: 0,
    exported_exception_list_count: 0,
    exported_exception_list_item_count: 0,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
    exported_action_connector_count: 0,
    missing_action_connection_count: 0,
    missing_action_connections: [],
    excluded_action_connection_count: 0,
    excluded_action_connections: [],
  };
  return [...rules, details].map((line) => `${JSON.stringify(line)}\n`).join('');
}
