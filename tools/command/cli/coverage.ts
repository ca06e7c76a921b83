import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { findLayout } from '../check/layout';
import { loadContent } from '../check/load';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { writeWhole } from '../../foundation/content/write';
import type { YamlDocument } from '@tollgate/sigma/yaml/yaml';
import { loadAttackMapping } from '../../evidence/coverage/attack';
import { matrixOf, type Moment } from '../../evidence/coverage/matrix';
import { navigatorLayer } from '../../evidence/coverage/navigator';
import { loadStacks } from '../../evidence/coverage/stacks';
import { choiceOf } from '../../evidence/coverage/steps';
import { limitsOf } from '../../evidence/coverage/thresholds';
import { filesOf, readResults } from '../../evidence/measure/stored';
import { choosePage } from '../report/choose';
import { coveragePage } from '../report/coverage';
import { coverageSvg } from '../report/coverage-svg';
import { tellFindings } from '../report/diagnostics';

export function configure(command: Command): void {
  command
    .option('--check', 'write nothing; exit 1 if the files are out of date')
    .option('--out <dir>', 'folder below which docs and exports are written', '.')
    .action((options: { check?: boolean; out: string }) => {
      const files = coverageFiles();
      if (!files) process.exitCode = 1;
      else if (options.check) check(options.out, files);
      else {
        for (const [path, text] of files) writeWhole(join(options.out, path), text);
        process.stdout.write(`${[...files.keys()].map((path) => harmless(join(options.out, path))).join('\n')}\n`);
      }
    });
}

/** Path → text; null where the mapping to ATT&CK or the stacks have errors, which are told. */
function coverageFiles(): Map<string, string> | null {
  const layout = findLayout([]);
  const results = readResults(filesOf(layout.datasets).results);
  if (!results) throw new Failure(2, 'there is no measurement to show', 'tollgate measure makes it');
  const { content, independent } = loadContent(layout);
  const documents = [...content.rules, ...content.queries];
  const { mapping, diagnostics } = loadAttackMapping(join('coverage', 'attack.yml'), documents);
  const sources = [...content.contracts.keys()];
  const { stacks, diagnostics: ofStacks } = loadStacks(join('coverage', 'stacks.yml'), sources, independent.worlds);
  if (!mapping || !stacks) {
    tellFindings({ files: 2, diagnostics: [...diagnostics, ...ofStacks] });
    return null;
  }
  const matrix = matrixOf(results, sources, momentsOf(documents));
  const limits = limitsOf(content.sigma, content.hunts);
  const sets = { own: results, independent: results.independent };
  const choices = stacks.map((stack) => choiceOf(stack, sets, new Set(limits.keys())));
  const facts = {
    titles: new Map([...content.contracts].map(([id, { title }]) => [id, title])),
    sends: new Map(independent.worlds.map((world) => [world.name, world.sends_per_day])),
    limits,
    detectors: results.detectors,
  };
  return new Map([
    ['docs/choose.md', choosePage(choices, facts)],
    ['docs/coverage.md', coveragePage(matrix, mapping)],
    ['docs/coverage.svg', coverageSvg(matrix)],
    ['exports/navigator/t1496.003.json', `${JSON.stringify(navigatorLayer(matrix, mapping), null, 2)}\n`],
  ]);
}

function momentsOf(documents: YamlDocument[]): Map<string, Moment> {
  return new Map(
    documents.flatMap(({ value }): [string, Moment][] => {
      const { id, tollgate } = (value ?? {}) as { id?: string; tollgate?: { moment?: Moment } };
      return id !== undefined && tollgate?.moment ? [[id, tollgate.moment]] : [];
    }),
  );
}

function check(out: string, files: Map<string, string>): void {
  const stale = [...files].filter(([path, text]) => {
    const file = join(out, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  for (const [path] of stale) process.stdout.write(`differs  ${harmless(join(out, path))}\n`);
  if (stale.length === 0) process.stdout.write(`${files.size} files, all up to date\n`);
  else {
    process.stderr.write('run tollgate coverage to bring them up to date\n');
    process.exitCode = 1;
  }
}
