import { entriesOf, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import type { ExportContent, ExportEntry, ExportResult, Target } from '../target';
import type { Contract } from '../../telemetry/contract';
import { columnsOf, tableName } from './columns';
import { detectorModel } from './dbt/models';
import { dbtProject } from './dbt/project';
import { detectorQuery } from './detector';
import type { Dialect } from './dialect';
import { differencesOf } from './differences';
import { detectorFile, detectorRows, removeFile, runFile, setupFile } from './files';
import { loadStatement } from './load';
import { readme } from './report';
import { COMMON_TABLES, curvePoints, prefixRows, RUN } from './tables';
import type { Written } from './written';

/** The target of a dialect; `dbt`: with the same detectors as models of dbt. */
export function sqlTarget(dialect: Dialect, { dbt = false } = {}): Target {
  return (content) => {
    const written: Written[] = [];
    const taken = new Set<string>();
    const entries = entriesOf(content, (detector) => {
      const plan = planOf(detector, content);
      const one = { detector, plan, name: freeName(detector, taken), query: detectorQuery(dialect, plan) };
      if (dbt) detectorModel(dialect, one);
      written.push(one);
      const differences = differencesOf(plan, dialect.decimalDigits);
      const exactness = plan.kind === 'hunt' && differences.length > 0 ? 'superset' : 'exact';
      return { rule: detector, type: plan.kind, exactness, path: `detectors/${one.name}.sql`, differences };
    });
    const files = filesOf(dialect, content, written, entries);
    if (dbt) for (const [path, text] of dbtProject(dialect, sourcesOf(content), written)) files.set(path, text);
    return { files, entries };
  };
}

function filesOf(
  dialect: Dialect,
  content: ExportContent,
  written: readonly Written[],
  entries: readonly ExportEntry[],
): ExportResult['files'] {
  const sources = sourcesOf(content);
  const files = new Map<string, string>();
  files.set('README.md', readme(dialect, sources, entries));
  const plans = written.map(({ plan }) => plan);
  const lookUps = [curvePoints(dialect, plans), prefixRows(dialect), detectorRows(dialect, written)];
  const names = written.map(({ name }) => name);
  const views = written.map((one) => ({ path: `detectors/${one.name}.sql`, text: detectorFile(dialect, one) }));
  const { include } = dialect;
  files.set('setup.sql', setupFile(dialect, sources, lookUps));
  files.set('run.sql', runFile(dialect, written));
  files.set('remove.sql', removeFile(dialect, [...names, RUN], [...sources.map(tableName), ...COMMON_TABLES]));
  files.set(
    'install.sql',
    views.map(({ path, text }) => (include === null ? text : include(path))).join(include === null ? '\n' : ''),
  );
  for (const { path, text } of views) files.set(path, text);
  for (const contract of sources)
    if (columnsOf(contract).size > 0) files.set(`load/${contract.id}.sql`, loadStatement(dialect, contract));
  return files;
}

function sourcesOf({ contracts }: ExportContent): Contract[] {
  return [...contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
