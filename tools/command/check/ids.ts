import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import { isMap } from '@tollgate/sigma/values/map';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import { type Check } from './content';

export const idsCheck: Check = {
  name: 'ids',
  what: 'Ids and titles of rules and queries are given once.',
  run: ({ rules, queries }) => {
    const documents = [...rules, ...queries];
    const isRule = new Set(rules);
    // Ids that rules share are Sigma's to report: references would be ambiguous.
    const ids = repeated(documents, 'id').filter(({ document }) => !isRule.has(document));
    return [...ids, ...repeated(documents, 'title')].map(({ diagnostic }) => diagnostic);
  },
};

/** Every later document that has the same text under a key as an earlier one. */
function repeated(
  documents: YamlDocument[],
  key: 'id' | 'title',
): { document: YamlDocument; diagnostic: Diagnostic }[] {
  const first = new Map<string, YamlDocument>();
  return documents.flatMap((document) => {
    const value = isMap(document.value) ? document.value[key] : undefined;
    if (typeof value !== 'string') return [];
    const known = first.get(value.toLowerCase());
    if (!known) {
      first.set(value.toLowerCase(), document);
      return [];
    }
    const { line } = known.position([key]);
    const reporter = new Reporter(document);
    const hint =
      key === 'id' ? "give it its own: node -p 'crypto.randomUUID()' prints one" : 'give it a title of its own';
    reporter.error(`repeated-${key}`, [key], `${key} '${value}' is that of ${known.file}:${line}, too`, hint);
    return reporter.diagnostics.map((diagnostic) => ({ document, diagnostic }));
  });
}
