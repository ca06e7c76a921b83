import type { Command } from 'commander';
import { harmless } from '../../foundation/content/harmless';
import { nodeStatus, startNode, stopNode, type NodeStatus } from '../../detection/elasticsearch/node/manage';
import { KeptDatasets } from '../../detection/elasticsearch/kept/datasets';
import { TerminalProgress } from './progress';

export function configure(command: Command): void {
  command
    .command('start')
    .description('start it, unless it is running')
    .action(() => withProgress(start));
  command
    .command('stop')
    .description('stop it and remove its data')
    .action(() => withProgress(stop));
  command.command('status').description('show its state; exit code 3 unless it answers').action(status);
}

async function start(progress: TerminalProgress): Promise<string> {
  const node = await startNode({ env: process.env, progress });
  return `Elasticsearch ${node.version} answers at ${node.access.url}`;
}

async function stop(progress: TerminalProgress): Promise<string> {
  const stopped = await stopNode({ env: process.env, progress });
  return stopped ? 'Elasticsearch was stopped' : 'no Elasticsearch was running';
}

async function status(): Promise<void> {
  const found = await nodeStatus(process.env);
  process.stdout.write(`${harmless(describe(found))}\n`);
  if (found.state === 'running') process.stdout.write(keptText());
  else process.exitCode = 3;
}

/** A line on what the node keeps for the next replay; none where it keeps nothing. */
function keptText(): string {
  const { datasets, bytes } = KeptDatasets.ofLocalNode({ env: process.env, progress: new TerminalProgress() }).size();
  if (datasets === 0) return '';
  return `it keeps ${datasets === 1 ? 'the records of one world' : `the records of ${datasets} worlds`}, ${Math.ceil(bytes / 1e6)} MB\n`;
}

function describe(found: NodeStatus): string {
  switch (found.state) {
    case 'none':
      return 'not started; `tollgate es start` starts one, and so does every command that needs one';
    case 'running': {
      const where = found.pid === undefined ? 'in Docker' : `as process ${found.pid}`;
      return `Elasticsearch ${found.version} runs ${where} and answers at ${found.url}`;
    }
    case 'silent': {
      const where = found.pid === undefined ? '' : ` as process ${found.pid}`;
      return found.paused
        ? `it is there${where} and does not answer: it is paused; \`kill -CONT ${found.pid}\` lets it go on`
        : `it is there${where} and does not answer: it is starting, or hangs`;
    }
    case 'lost': {
      const where = found.pid === undefined ? ' in Docker' : ` as process ${found.pid}`;
      return `it is there${where}, but its address and password are lost; the next command that needs one replaces it`;
    }
    case 'dead':
      return 'it ended without having been stopped; the next command that needs one starts a new one';
    default:
      return found satisfies never;
  }
}

async function withProgress(action: (progress: TerminalProgress) => Promise<string>): Promise<void> {
  const progress = new TerminalProgress();
  let said: string;
  try {
    said = await action(progress);
  } finally {
    progress.clear();
  }
  process.stdout.write(`${harmless(said)}\n`);
}
