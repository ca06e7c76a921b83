import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { FIELD_EVIDENCE, OWN_ROOT, type Layout } from '../check/layout';
import { loadContent } from '../check/load';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { isMap } from '@tollgate/sigma/values/map';
import { schemaDiagnostics } from '../../foundation/content/schema';
import { systemReason, writeWhole } from '../../foundation/content/write';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { queryDigest, ruleDigest } from '../../evidence/own-logs/digest';
import { evidenceOf, type FieldEvidence } from '../../evidence/own-logs/field-evidence';
import type { OwnReport } from '../../evidence/own-logs/result';
import { evidenceText } from '../report/evidence';
import { closure } from '../../evidence/replay/rule-detector';
import { runnable } from '@tollgate/sigma/rules/runnable';
import { layoutOrOwn } from './content';

interface Options {
  site: string;
  out?: string;
}

export function configure(command: Command): void {
  command
    .argument('<report>', 'the JSON report of a replay on your own logs')
    .requiredOption('--site <name>', 'a name for your site that does not identify you, such as shop-4f2a')
    .option('--out <folder>', 'folder for <site>.yml; by default measurement/field of the repository')
    .action(run);
}

/** Writes what may be published of a report, and says what that is. */
function run(path: string, { site, out }: Options): void {
  const layout = layoutOrOwn([]);
  const report = readReport(path);
  const known = digestsOf(layout);
  const evidence = built(report, site, known, path);
  const text = evidenceText(evidence);
  const [wrong] = schemaDiagnostics('field-evidence', parseYaml(`${site}.yml`, text).documents[0]!);
  if (wrong) throw new Failure(2, `this can't be evidence: ${wrong.message}`, wrong.hint);
  if (out === undefined && layout.root === OWN_ROOT && !existsSync(join(layout.root, '.git')))
    throw new Failure(2, 'there is no repository here to write to', 'name a folder with --out');
  const file = join(out ?? join(layout.root, FIELD_EVIDENCE), `${site}.yml`);
  writeWhole(file, text);
  const left = report.rules.length + report.queries.length - evidence.detectors.length;
  const leftOut = left > 0 ? `; ${left} are left out, which are not those of this repository as it is` : '';
  process.stdout.write(
    `${harmless(file)}: ${evidence.detectors.length} rules and queries on ${evidence.sources.length} sources${leftOut}\n` +
      'It has no value of any record. Read it before you publish it.\n',
  );
}

function built(report: OwnReport, site: string, known: ReadonlyMap<string, string>, path: string): FieldEvidence {
  try {
    return evidenceOf(report, site, known);
  } catch (error) {
    // Somebody changed the report: a figure is no figure, or a list no list.
    if (error instanceof TypeError) throw noReport(path);
    throw error;
  }
}

/** Throws a `Failure`: (2) for what is no such report, (3) where it can't be read. */
function readReport(path: string): OwnReport {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(3, `cannot read ${path}: ${systemReason(error)}`);
  }
  try {
    const value: unknown = JSON.parse(text);
    const lists = ['sources', 'rules', 'queries', 'incidents'];
    if (isMap(value) && value['mode'] === 'own-logs' && lists.every((key) => Array.isArray(value[key])))
      return value as unknown as OwnReport;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw noReport(path);
}

function noReport(path: string): Failure {
  const hint = '`tollgate replay --events … --out DIR` writes one to DIR/own-logs.json';
  return new Failure(2, `${path} is not the report of a replay on your own logs`, hint);
}

/** What each rule and query of the repository finds, as it is. */
function digestsOf(layout: Layout): Map<string, string> {
  const { sigma, hunts } = loadContent(layout, { datasets: false }).content;
  const { rules } = runnable(sigma, new Set());
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return new Map([
    ...rules.map((rule) => [rule.id, ruleDigest(closure(rule, byId))] as const),
    ...hunts.map((query) => [query.id, queryDigest(query)] as const),
  ]);
}
