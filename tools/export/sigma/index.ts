import { basename, dirname } from 'node:path';
import { dump } from 'js-yaml';
import { isMap } from '@tollgate/sigma/values/map';
import { placeholdersOf } from '@tollgate/sigma/rules/templates';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { alerting } from '../plan/detector';
import { NotExportable, type ExportEntry, type ExportResult, type WholeContent } from '../target';
import { hasNumericText, referredFirst, sigmaText } from './document';
import { GENERATED } from './generated';
import { platformPipeline, sitePipeline } from './pipeline';
import { readme } from './report';

/** Why no query is there. */
const NO_BASELINE = 'Sigma has no baseline: a query compares a window with the time before it.';

/** The platforms whose records have the fields under other names and nothing more; Sentinel's tables have JSON in texts, which no mapping of names reads. */
const PLATFORMS: readonly string[] = ['elastic'];

/** The rules and filters as Sigma for other tools, with processing pipelines for pySigma. */
export function sigma(content: WholeContent): ExportResult {
  const { rules, queries, written, contracts } = content;
  const shapes = content.shapes.filter(({ platform }) => PLATFORMS.includes(platform));
  const files = new Map<string, string>();
  const reasons = new Map<string, string>();
  const documents = written.documents.filter(({ value }) => isMap(value));
  for (const [path, members] of filesOf(documents)) {
    try {
      files.set(path, `${GENERATED}${referredFirst(members).map(sigmaText).join('---\n')}`);
    } catch (error) {
      if (!(error instanceof NotExportable)) throw error;
      for (const { file } of members) reasons.set(file, error.message);
    }
  }
  const filters = documents.filter(isFilter);
  const placeholders = [...new Set(filters.flatMap(({ value }) => placeholdersOf((value as Mapped)['filter'])))].sort();
  files.set('pipelines/site.yml', sitePipeline(placeholders, written.placeholders));
  for (const platform of [...new Set(shapes.map((shape) => shape.platform))].sort()) {
    const own = shapes.filter((shape) => shape.platform === platform);
    files.set(`pipelines/${platform}.yml`, platformPipeline(platform, own, contracts));
  }
  files.set('sigma-cli.yml', checkConfiguration(documents));
  const entries = [
    ...alerting(rules).map((rule): ExportEntry => {
      const path = pathOf(rule.file, 'rules');
      const reason = reasons.get(rule.file);
      return reason === undefined
        ? {
            rule,
            type: rule.kind === 'correlation' ? rule.type : 'detection',
            exactness: 'exact',
            path,
            differences: [],
          }
        : { rule, type: '-', exactness: 'refused', path: null, differences: [reason] };
    }),
    ...queries.map((rule): ExportEntry => ({
      rule,
      type: '-',
      exactness: 'refused',
      path: null,
      differences: [NO_BASELINE],
    })),
  ];
  files.set('README.md', readme(entries, shapes, placeholders));
  return { files, entries };
}

type Mapped = Record<string, unknown>;

function isFilter({ value }: YamlDocument): boolean {
  return Object.hasOwn(value as Mapped, 'filter');
}

/** The documents of each file of the bundle, in their order. */
function filesOf(documents: readonly YamlDocument[]): Map<string, YamlDocument[]> {
  const files = new Map<string, YamlDocument[]>();
  for (const document of documents) {
    const path = pathOf(document.file, isFilter(document) ? 'filters' : 'rules');
    files.set(path, [...(files.get(path) ?? []), document]);
  }
  return files;
}

/** `rules/<platform>/<name>.yml`, wherever the file lies. */
function pathOf(file: string, kind: 'rules' | 'filters'): string {
  const folder = basename(dirname(file));
  return folder === kind || folder === '.' || folder === ''
    ? `${kind}/${basename(file)}`
    : `${kind}/${folder}/${basename(file)}`;
}

/** What `sigma check` is to ask: everything, but not whether a text of digits is meant as one. */
function checkConfiguration(documents: readonly YamlDocument[]): string {
  const texts = documents.filter(hasNumericText).flatMap(({ value }) => (value as { id?: string }).id ?? []);
  const exclusions = Object.fromEntries(texts.sort().map((id) => [id, ['number_as_string']]));
  return `${GENERATED}${dump({ validators: ['all'], exclusions })}`;
}
