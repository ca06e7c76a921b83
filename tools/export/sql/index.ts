import { parse } from 'node:path';
import { alerting, planOf } from '../plan/detector';
import type { ExportDetector } from '../plan/types';
import { NotExportable, type ExportContent, type ExportEntry, type ExportResult, type Target } from '../target';
import type { Contract } from '../../telemetry/contract';
import { COUNTRY_PREFIXES } from '../../telemetry/prefixes';
import { columnsOf, snake } from './columns';
import { detectorQuery } from './detector';
import type { Dialect } from './dialect';
import { differencesOf } from './differences';
import { detectorFile, runFile, setupFile } from './files';
import { readme } from './report';
import { curvePoints } from './tables';
import type { Written } from './written';

/** The target of a dialect; `load` writes what reads a source's records into its table. */
export function sqlTarget(dialect: Dialect, load: (contract: Contract) => string): Target {
  return (content) => {
    const written: Written[] = [];
    const entries = [...alerting(content.rules), ...content.queries].map((detector): ExportEntry => {
      try {
        const plan = planOf(detector, content);
        const one = { detector, plan, name: freeName(detector, written), query: detectorQuery(dialect, plan) };
        written.push(one);
        const differences = differencesOf(plan);
        const exactness = plan.kind === 'hunt' && differences.length > 0 ? 'superset' : 'exact';
        return { rule: detector, type: plan.kind, exactness, path: `detectors/${one.name}.sql`, differences };
      } catch (error) {
        if (!(error instanceof NotExportable)) throw error;
        return { rule: detector, type: '-', exactness: 'refused', path: null, differences: [error.message] };
      }
    });
    return { files: filesOf(dialect, load, content, written, entries), entries };
  };
}

function filesOf(
  dialect: Dialect,
  load: (contract: Contract) => string,
  { contracts }: ExportContent,
  written: readonly Written[],
  entries: readonly ExportEntry[],
): ExportResult['files'] {
  const sources = [...contracts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const files = new Map<string, string>();
  files.set('README.md', readme(dialect, sources, entries));
  files.set('setup.sql', setupFile(dialect, sources));
  files.set('run.sql', runFile(dialect, written));
  files.set('remove.sql', `DROP SCHEMA IF EXISTS ${dialect.identifier(dialect.schema)} CASCADE;\n`);
  files.set('install.sql', written.map(({ name }) => `.read detectors/${name}.sql\n`).join(''));
  for (const one of written) files.set(`detectors/${one.name}.sql`, detectorFile(dialect, one));
  for (const contract of sources)
    if (columnsOf(contract).size > 0) files.set(`load/${contract.id}.sql`, load(contract));
  files.set('lookups/curves.csv', curvePoints(written.map(({ plan }) => plan)));
  files.set('lookups/prefixes.csv', prefixes());
  files.set('lookups/assets.csv', 'account,asset\n');
  const rows = written.map(({ name, detector: { id, title, level = '' } }) =>
    [name, id, level, title].map(quoted).join(','),
  );
  files.set('lookups/detectors.csv', `detector,id,level,title\n${rows.map((row) => `${row}\n`).join('')}`);
  return files;
}

/** A rule's name, or that of its file. */
function freeName(detector: ExportDetector, taken: readonly Written[]): string {
  const file = parse(detector.file).name;
  const name = snake('name' in detector && typeof detector.name === 'string' ? detector.name : file);
  let free = name;
  for (let n = 2; taken.some((one) => one.name === free); n++) free = `${name}_${n}`;
  return free;
}

function prefixes(): string {
  const rows = Object.entries(COUNTRY_PREFIXES).flatMap(([country, list]) =>
    list.split(' ').map((prefix) => `${prefix},${country}\n`),
  );
  return `prefix,country\n${rows.sort().join('')}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
