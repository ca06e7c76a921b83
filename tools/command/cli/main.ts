import { manifest } from '../../foundation/manifest';
import { Command, CommanderError } from 'commander';
import { harmlessLines } from '../../foundation/content/harmless';
import type { CommandModule } from './command-module';
import type * as Completion from './completion';
import { reportError } from './process';

/** Only the file of the command that runs is loaded, so that each pays for its own modules alone. */
const COMMANDS: Record<string, { summary: string; load: () => CommandModule }> = {
  replay: {
    summary: 'replay rules and queries on simulated worlds or on your own logs, and report what they catch (npm start)',
    load: () => require('./replay') as CommandModule,
  },
  compare: {
    summary: 'show what changed between two replays, such as those of a branch and its base',
    load: () => require('./compare') as CommandModule,
  },
  validate: {
    summary: 'check rules, queries, datasets, cases and contracts, and list all findings',
    load: () => require('./validate') as CommandModule,
  },
  list: {
    summary: 'list rules, queries, scenarios, worlds, contracts, forms, sources and targets with their state',
    load: () => require('./list') as CommandModule,
  },
  new: {
    summary: 'write a new rule, query or other file, complete and ready to be replayed',
    load: () => require('./new') as CommandModule,
  },
  test: { summary: 'run the cases of rules and queries', load: () => require('./test') as CommandModule },
  explain: {
    summary: 'say why a rule or query matches, or does not match, events or a case',
    load: () => require('./explain') as CommandModule,
  },
  mutate: {
    summary: 'change each rule and query in one place at a time, and report the changes that no case notices',
    load: () => require('./mutate') as CommandModule,
  },
  tune: {
    summary: "sweep a rule's or query's parameters over simulated worlds, and say which value to take",
    load: () => require('./tune') as CommandModule,
  },
  hunt: { summary: 'run a hunting query', load: () => require('./hunt') as CommandModule },
  match: {
    summary: 'run any Sigma rules on any log, in memory',
    load: () => require('./match') as CommandModule,
  },
  compile: {
    summary: 'compile any Sigma rules to Elasticsearch queries',
    load: () => require('./compile') as CommandModule,
  },
  generate: { summary: 'write a simulated dataset as NDJSON', load: () => require('./generate') as CommandModule },
  measure: {
    summary: 'measure what is caught and falsely raised over many seeds, days and worlds, and store the results',
    load: () => require('./measure') as CommandModule,
  },
  coverage: {
    summary: 'write the pages on what to deploy and on what is caught, by stack, scenario and source',
    load: () => require('./coverage') as CommandModule,
  },
  audit: {
    summary: 'test the simulated data itself for leaks, realism and safety',
    load: () => require('./audit') as CommandModule,
  },
  evidence: {
    summary: 'write what may be published from a replay of your own logs',
    load: () => require('./evidence') as CommandModule,
  },
  export: {
    summary: 'write the rules and queries for a SIEM or database',
    load: () => require('./export') as CommandModule,
  },
  es: { summary: 'start, stop or check the local Elasticsearch', load: () => require('./es') as CommandModule },
  completion: {
    summary: 'print a script that completes commands and options in bash, zsh or fish',
    load: () => (require('./completion') as typeof Completion).completionOf(others),
  },
};

/** All commands but the one that completes them. */
function others(): [string, CommandModule][] {
  return Object.entries(COMMANDS).flatMap(([name, { load }]) => (name === 'completion' ? [] : [[name, load()]]));
}

/**
 * Runs the command line and sets the exit code of its thread: 0 all well, 1 findings, 2 wrong use, 3 the environment or a
 * defect of Tollgate. A command sets `process.exitCode = 1` for findings and throws a `Failure` for the other ends.
 */
export async function main(args: string[]): Promise<void> {
  try {
    await program(args).parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has printed its own message; its help and version end with 0, all else is wrong use.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else process.exitCode = reportError(error);
  }
}

function program(args: string[]): Command {
  const root = new Command('tollgate')
    .description('Detection content for SMS pumping (MITRE ATT&CK T1496.003), and the tools that prove it.')
    .version(version())
    .helpCommand(true)
    .showSuggestionAfterError(true)
    .showHelpAfterError('(tollgate --help lists the commands)')
    .configureOutput({ outputError: (text, write) => write(`${harmlessLines(text.trimEnd())}\n`) })
    .exitOverride();
  const chosen = args.find((arg) => !arg.startsWith('-') && arg !== 'help');
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = root.command(name).description(summary);
    if (name === chosen) load().configure(command.showHelpAfterError(`(tollgate ${name} --help lists its options)`));
  }
  return root;
}

function version(): string {
  return manifest().version;
}
