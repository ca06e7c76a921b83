import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../content/failure';
import type { Progress } from '../../sigma/execution';
import { lastLines, runCommand } from './command';
import type { Folders } from './folders';

/** The release that pom.xml names. */
export const ELASTICSEARCH_VERSION = '9.5.3';

/** From here and from the compiled file alike. */
const POM = join(__dirname, '../../../tools/elasticsearch/pom.xml');

/** Whether a Maven answers on the path. */
export async function hasMaven(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runCommand('mvn', ['--version'], { timeoutMs: 30_000, env })).code === 0;
}

/** The unpacked distribution in the cache; undefined where it has not been fetched yet. */
export function cachedDistribution(folders: Folders): string | undefined {
  const home = join(folders.root, `elasticsearch-${ELASTICSEARCH_VERSION}`);
  return existsSync(home) ? home : undefined;
}

/**
 * The folder of the distribution; where it is not in the cache, Maven downloads, verifies and unpacks it. It comes to
 * its place by one rename, so what is there is whole. The caller holds the lock of the folders.
 */
export async function obtainDistribution(
  folders: Folders,
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<string> {
  const cached = cachedDistribution(folders);
  if (cached !== undefined) return cached;
  progress.update('Getting Elasticsearch', 0);
  // Whatever an interrupted attempt left behind: nobody else is at it, since the caller holds the lock.
  for (const name of readdirSync(folders.root)) {
    if (name.startsWith('unpack-')) rmSync(join(folders.root, name), { recursive: true });
  }
  const unpack = mkdtempSync(join(folders.root, 'unpack-'));
  try {
    const name = `elasticsearch-${ELASTICSEARCH_VERSION}`;
    let lines = 0;
    const maven = await runCommand(
      'mvn',
      // Strict checksums: a download that differs from what the repository says it is ends the command.
      ['--batch-mode', '--strict-checksums', '-f', POM, 'dependency:unpack', `-Dtollgate.unpack=${unpack}`],
      { timeoutMs: 30 * 60_000, env, onLine: () => progress.update('Getting Elasticsearch', ++lines) },
    );
    if (maven.code !== 0 || !existsSync(join(unpack, name, 'bin/elasticsearch'))) {
      throw new Failure(
        3,
        `Maven could not get Elasticsearch ${ELASTICSEARCH_VERSION}:\n${lastLines(maven.stdout + maven.stderr, 20)}`,
        'check the network and the settings of Maven, give a cluster with --url, or use --engine memory',
      );
    }
    openToAll(join(unpack, name));
    renameSync(join(unpack, name), join(folders.root, name));
    return join(folders.root, name);
  } finally {
    rmSync(unpack, { recursive: true, force: true });
  }
}

/** Lets every user read it, whatever the umask was: a node that root starts runs as somebody else. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else chmodSync(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}
