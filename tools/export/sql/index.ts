import { alerting, planOf } from '../plan/detector';
import { freeName } from '../plan/names';
import { NotExportable, type ExportContent, type ExportEntry, type ExportResult, type Target } from '../target';
import { columnsOf, tableName } from './columns';
import { detectorQuery } from './detector';
import type { Dialect } from './dialect';
import { differencesOf } from './differences';
import { detectorFile, detectorRows, removeFile, runFile, setupFile } from './files';
import { loadStatement } from './load';
import { readme } from './report';
import { COMMON_TABLES, curvePoints, prefixRows, RUN } from './tables';
import type { Written } from './written';

/** The target of a dialect. */
export function sqlTarget(dialect: Dialect): Target {
  return (content) => {
    const written: Written[] = [];
    const taken = new Set<string>();
    const entries = [...alerting(content.rules), ...content.queries].map((detector): ExportEntry => {
      try {
        const plan = planOf(detector, content);
        const one = { detector, plan, name: freeName(detector, taken), query: detectorQuery(dialect, plan) };
        written.push(one);
        const differences = differencesOf(plan, dialect.decimalDigits);
        const exactness = plan.kind === 'hunt' && differences.length > 0 ? 'superset' : 'exact';
        return { rule: detector, type: plan.kind, exactness, path: `detectors/${one.name}.sql`, differences };
      } catch (error) {
        if (!(error instanceof NotExportable)) throw error;
        return { rule: detector, type: '-', exactness: 'refused', path: null, differences: [error.message] };
      }
    });
    return { files: filesOf(dialect, content, written, entries), entries };
  };
}

function filesOf(
  dialect: Dialect,
  { contracts }: ExportContent,
  written: readonly Written[],
  entries: readonly ExportEntry[],
): ExportResult['files'] {
  const sources = [...contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
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
