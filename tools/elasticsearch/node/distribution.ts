import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../content/failure';
import { leaving } from '../../content/leftovers';
import type { Progress } from '../../sigma/execution';
import { lastLines, runCommand } from './command';
import type { Folders } from './folders';

/** The release that pom.xml names. */
export const ELASTICSEARCH_VERSION = '9.5.3';

/**
 * SHA-256 of its archive. Pinned here, because the checksums that a repository offers say nothing that the repository could not
 * have changed as well, and mirrors often offer none.
 */
const ARCHIVE_SHA256 = 'bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d';

/** From here and from the compiled file alike. */
const POM = join(__dirname, '../../../tools/elasticsearch/pom.xml');

/** Whether a Maven answers on the path. */
export async function hasMaven(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runCommand('mvn', ['--version'], { timeoutMs: 120_000, env })).code === 0;
}

/** The unpacked distribution in the cache; undefined where it has not been fetched yet. */
export function cachedDistribution(folders: Folders): string | undefined {
  const home = join(folders.root, `elasticsearch-${ELASTICSEARCH_VERSION}`);
  return existsSync(home) ? home : undefined;
}

/**
 * The folder of the distribution; where it is not in the cache, Maven downloads and unpacks it. It comes to its place by
 * one rename once its archive is verified, so what is there is whole and is what was pinned. The caller holds the lock of the folders.
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
  const unpack = join(folders.root, `unpack-${randomUUID()}`);
  const gone = leaving({ kind: 'path', path: unpack });
  mkdirSync(unpack, { mode: 0o700 });
  try {
    const name = `elasticsearch-${ELASTICSEARCH_VERSION}`;
    const maven = await runCommand(
      'mvn',
      ['-f', POM, '-Dstyle.color=never', 'dependency:copy', 'dependency:unpack', `-Dtollgate.unpack=${unpack}`],
      { timeoutMs: 60 * 60_000, env, onLine: (line) => tell(line, progress) },
    );
    if (maven.code !== 0 || !existsSync(join(unpack, name, 'bin/elasticsearch'))) {
      throw new Failure(
        3,
        `Maven could not get Elasticsearch ${ELASTICSEARCH_VERSION}:\n${lastLines((maven.stdout + maven.stderr).replace(PROGRESS, ''), 20)}`,
        'check the network and the settings of Maven, give a cluster with --url, or use --engine memory',
      );
    }
    verify(join(unpack, `${name}.zip`));
    openToAll(join(unpack, name));
    renameSync(join(unpack, name), join(folders.root, name));
    return join(folders.root, name);
  } finally {
    rmSync(unpack, { recursive: true, force: true });
    gone();
  }
}

/** What Maven draws, unless it is told to be quiet (--batch-mode): `Progress (2): 41/132 MB | 0.5/5.9 MB`, as many as it downloads at once. */
const PROGRESS = /Progress \(\d+\): [^\r\n]*/g;
/** The archive is larger, and what else Maven needs is smaller, MB. */
const LARGE = 20;

function tell(line: string, progress: Progress): void {
  if (/\bUnpacking\b/.test(line)) progress.update('Unpacking Elasticsearch', 0);
  if (line.search(PROGRESS) < 0) return;
  for (const [, got, all] of line.matchAll(/([\d.]+)\/([\d.]+) MB/g))
    if (Number(all) > LARGE) progress.update(`Getting Elasticsearch · ${got} of ${all} MB`, Number(got), Number(all));
}

/** Throws a Failure (3) for an archive that is not the pinned one. */
export function verify(archive: string, expected = ARCHIVE_SHA256): void {
  const found = createHash('sha256').update(readFileSync(archive)).digest('hex');
  if (found === expected) return;
  throw new Failure(
    3,
    `the archive of Elasticsearch ${ELASTICSEARCH_VERSION} has SHA-256 ${found}, not ${expected}`,
    "it was damaged or changed on its way: delete it from Maven's local repository and try again, or give a cluster with --url",
  );
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
