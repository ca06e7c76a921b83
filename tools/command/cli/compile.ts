import { setFlagsFromString } from 'node:v8';
import { Option, type Command } from 'commander';
import { compileRule, indexBody, TARGETS, type CompiledRule } from '../../detection/compile/compile';
import { compileFiles } from '../../detection/compile/files';
import { Spool } from '../../detection/compile/spool';
import { readRules, type ReadRule } from '../../detection/compile/rules';
import type { RunResult } from '../../detection/compile/run';
import { Failure } from '../../foundation/content/failure';
import { harmless } from '../../foundation/content/harmless';
import { loadPlaceholders } from '../../detection/rules/load';
import { BadLines } from './bad-lines';
import { TerminalProgress } from './progress';
import { ASSET_ID, knownContracts, tellRead } from './reading';

interface Options {
  rules: string[];
  target: CompiledRule['target'];
  placeholders?: string;
  mapping?: boolean;
  run?: string[];
  form?: string;
  assetId?: string;
  url?: string;
  allowRemoteWrite?: boolean;
}

export function configure(command: Command): void {
  command
    .requiredOption('--rules <paths...>', 'Sigma rules: files, or folders of them')
    .addOption(new Option('--target <target>', 'the language to compile to').choices(TARGETS).default(TARGETS[0]))
    .option('--placeholders <file>', 'YAML map of name → values, for %name% under the modifier expand')
    .option('--mapping', 'print the body of the index that the queries need, instead of the queries')
    .option(
      '--run <files...>',
      'index the events of these files, run every query on them, and check its hits in memory; - is standard input',
    )
    .option('--form <form>', 'the form of the events of --run, if it should not be detected')
    .option(...ASSET_ID)
    .option('--url <url>', 'an Elasticsearch for --run, with credentials from the environment')
    .option(
      '--allow-remote-write',
      'let --run create and delete indices named tollgate-* in a cluster on another machine',
    )
    .action(compile);
}

async function compile(options: Options): Promise<void> {
  if (options.run === undefined && options.assetId !== undefined)
    throw new Failure(2, '--asset-id is about the records of --run', 'leave it out, or name files with --run');
  // Thousands of rules are compiled before optimised code pays: with it seldom made, that takes two thirds of the processor's time.
  if (options.run === undefined) setFlagsFromString('--interrupt-budget=1000000');
  const placeholders = options.placeholders === undefined ? {} : loadPlaceholders(options.placeholders);
  if (options.run === undefined && !options.mapping) {
    const { lines, rules, failed } = await compileFiles(options.rules, placeholders);
    expectSome(rules);
    if (failed) process.exitCode = 1;
    process.stdout.write(lines);
    return;
  }
  const rules = readRules(options.rules, placeholders);
  expectSome(rules.length);
  if (rules.some(({ rule }) => rule === null)) process.exitCode = 1;
  if (options.run === undefined) {
    process.stdout.write(`${JSON.stringify(indexBody(rules), null, 2)}\n`);
    return;
  }
  const lines = rules.map(compileRule);
  const ran = await run(rules, options.run, options);
  process.stdout.write(lines.map((line, i) => `${JSON.stringify({ ...line, ...ran.outcomes[i] })}\n`).join(''));
  process.stderr.write(ranLines(lines, ran));
  if (ran.disagreements.length > 0) process.exitCode = 1;
}

function expectSome(rules: number): void {
  if (rules === 0) throw new Failure(2, 'there is no Sigma rule in these files', 'name files or folders of rules');
}

async function run(
  rules: ReadRule[],
  files: string[],
  { url, allowRemoteWrite, form, assetId }: Options,
): Promise<RunResult> {
  // Loaded only here: the Elasticsearch client alone costs a fifth of a second.
  const { findNode } =
    require('../../detection/elasticsearch/node/find') as typeof import('../../detection/elasticsearch/node/find');
  const { runRules } = require('../../detection/compile/run') as typeof import('../../detection/compile/run');
  const progress = new TerminalProgress();
  const bad = new BadLines(() => progress.clear());
  // Wrong use is told before a node is started.
  const reading = { contracts: null, known: knownContracts, form, assetId };
  const { spool, summary } = await Spool.of(files, reading, {
    lost: (file, fault) => bad.tell(file, fault),
    unreadable: (file, failure) => bad.unreadable(file, failure),
  });
  try {
    tellRead(summary.line);
    bad.sum();
    if (spool.count === 0)
      throw new Failure(bad.count > 0 ? 1 : 2, 'there are no events', 'give NDJSON with one event a line');
    const node = await findNode({ url, progress, env: process.env });
    return await runRules(rules, () => spool.events(), node, {
      progress,
      allowRemoteWrite: allowRemoteWrite ?? false,
    });
  } finally {
    progress.clear();
    spool.close();
  }
}

function ranLines(lines: CompiledRule[], { outcomes, events, refusedByNode, disagreements }: RunResult): string {
  const count = (exactness: CompiledRule['exactness']): number =>
    lines.filter((line) => line.exactness === exactness).length;
  const ran = outcomes.filter((outcome) => outcome !== null);
  const alone = ran.filter(({ decided }) => decided === 'elasticsearch').length;
  const matching = ran.filter(({ matches }) => matches > 0).length;
  const told = disagreements.map(({ rule, event, onlyIn }) =>
    harmless(`disagreement: ${rule.path} (${rule.id}): event ${event} is found in ${onlyIn} only`),
  );
  return [
    ...told,
    ...refusedByNode.map(({ path, id }) => harmless(`refused by the node: ${path} (${id})`)),
    `${lines.length} rules: ${count('exact')} exact, ${count('superset')} superset, ${count('refused')} refused`,
    `${ran.length} run on ${events} events: ${matching} matched some, ${refusedByNode.length} refused by the node`,
    `${alone} decided by Elasticsearch alone (${((100 * alone) / Math.max(1, ran.length)).toFixed(1)} %)`,
    `${disagreements.length} disagreements with memory`,
    '',
  ].join('\n');
}
