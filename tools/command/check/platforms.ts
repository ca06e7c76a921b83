import type { Diagnostic } from '@tollgate/sigma/diagnostics/diagnostic';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { sourcesOf } from '../../evidence/replay/rule-detector';
import type { Rule } from '@tollgate/sigma/rules/model';
import { Reporter } from '@tollgate/sigma/rules/reporter';
import type { Check } from './content';

export const platformsCheck: Check = {
  name: 'platforms',
  what: 'A file of rules or queries stands in the folder of a platform whose log it reads: the first part of the id of its contract.',
  run: (content) => {
    const byId = new Map(content.sigma.map((rule) => [rule.id, rule]));
    const ofRules = [...groupedByFile(content.sigma)].flatMap(([file, rules]) => {
      const document = content.rules.find((one) => one.file === file)!;
      return misplaced(document, 'rules', new Set(rules.flatMap((rule) => sourcesOf(rule, byId, content.contracts))));
    });
    const ofQueries = content.hunts.flatMap(({ file, source }) => {
      const document = content.queries.find((one) => one.file === file)!;
      return misplaced(document, 'queries', new Set([source]));
    });
    return [...ofRules, ...ofQueries];
  },
};

function misplaced(document: YamlDocument, under: string, sources: ReadonlySet<string>): Diagnostic[] {
  // Only a file of a folder below `rules` or `queries` is sorted by platform.
  const folders = document.file.split('/').slice(0, -1);
  const platform = folders[folders.lastIndexOf(under) + 1];
  if (!folders.includes(under) || platform === undefined || sources.size === 0) return [];
  const platforms = [...new Set([...sources].map((source) => source.split('.')[0]!))].sort();
  if (platforms.includes(platform)) return [];
  const reporter = new Reporter(document);
  reporter.error(
    'wrong-folder',
    ['title'],
    `it reads ${[...sources].sort().join(' and ')}, but stands in the folder '${platform}'`,
    `move the file to ${platforms.map((name) => `${under}/${name}`).join(' or ')}`,
    'key',
  );
  return reporter.diagnostics;
}

function groupedByFile(rules: Rule[]): Map<string, Rule[]> {
  const files = new Map<string, Rule[]>();
  for (const rule of rules) files.set(rule.file, [...(files.get(rule.file) ?? []), rule]);
  return files;
}
