import { ROOT } from '../../../foundation/root';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../foundation/content/failure';
import { leaving } from '../../../foundation/leftovers/registry';
import type { Progress } from '../../engine/execution';
import { lastLines, runCommand } from './command';
import { OTHER_FOLDER, type Folders } from './folders';
import { digestOfTree } from './tree-digest';

/** The release that pom.xml names. */
export const ELASTICSEARCH_VERSION = '9.5.3';

/** SHA-256 of a release: of its archive, and of the tree that is in it (tree-digest.ts). */
export interface Pins {
  archive: string;
  tree: string;
}

/**
 * Pinned here, because the checksums that a repository offers say nothing that the repository could not have changed as well, and
 * mirrors often offer none; and because what has been unpacked may be damaged later.
 */
const PINS: Pins = {
  archive: 'bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d',
  tree: 'd99e11e5711dbe90a9c8422ee1895ba1ce529e1193c1c10eadaca19634258216',
};

/** From here and from the compiled file alike. */
const POM = join(ROOT, 'tools/detection/elasticsearch/pom.xml');

/** Whether a Maven answers on the path. */
export async function hasMaven(env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runCommand('mvn', ['--version'], { timeoutMs: 120_000, env })).code === 0;
}

/** The unpacked distribution in the cache; undefined where it has not been fetched yet. */
export function cachedDistribution(folders: Folders): string | undefined {
  const home = homeOf(folders);
  return existsSync(home) ? home : undefined;
}

function homeOf(folders: Folders): string {
  return join(folders.root, `elasticsearch-${ELASTICSEARCH_VERSION}`);
}

export interface DistributionOptions {
  env: NodeJS.ProcessEnv;
  progress: Progress;
  /** Gets a line for the user. */
  tell: (line: string) => void;
  pins?: Pins;
}

/**
 * The folder of the distribution; where it is not in the cache, or not as it was unpacked, Maven downloads and unpacks it. It comes
 * to its place by one rename once its archive is verified. All that is in it is read each time: half a second of a node's start, for
 * which no file that lost its end, and none that has other bytes, is ever run. Throws a `Failure` (3) where it can't be had. The
 * caller holds the lock of the folders.
 */
export async function obtainDistribution(folders: Folders, options: DistributionOptions): Promise<string> {
  const { env, progress, tell, pins = PINS } = options;
  const home = homeOf(folders);
  // Whatever an interrupted attempt left behind, also one that was just done: nobody else is at it, since the caller holds the lock.
  for (const name of readdirSync(folders.root)) {
    if (name.startsWith('unpack-')) rmSync(join(folders.root, name), { recursive: true, force: true });
  }
  if (digestOfTree(home) === pins.tree) return home;
  if (lstatSync(home, { throwIfNoEntry: false }) !== undefined) {
    tell(`Elasticsearch in ${home} is damaged: it is fetched again`);
  }
  progress.update('Getting Elasticsearch', 0);
  const unpack = join(folders.root, `unpack-${randomUUID()}`);
  const gone = leaving({ kind: 'path', path: unpack }, { inJournal: false });
  mkdirSync(unpack, { mode: 0o700 });
  try {
    const name = `elasticsearch-${ELASTICSEARCH_VERSION}`;
    const maven = await runCommand(
      'mvn',
      ['-f', POM, '-Dstyle.color=never', 'dependency:copy', 'dependency:unpack', `-Dtollgate.unpack=${unpack}`],
      { timeoutMs: 60 * 60_000, env, onLine: (line) => showDownload(line, progress) },
    );
    if (maven.code !== 0 && NO_SPACE.test(maven.stdout + maven.stderr))
      throw new Failure(3, `cannot keep Elasticsearch in ${folders.root}: no space left on device`, OTHER_FOLDER);
    if (maven.code !== 0 || !existsSync(join(unpack, name, 'bin/elasticsearch'))) {
      throw new Failure(
        3,
        `Maven could not get Elasticsearch ${ELASTICSEARCH_VERSION}:\n${lastLines((maven.stdout + maven.stderr).replace(PROGRESS, ''), 20)}`,
        'check the network and the settings of Maven, give a cluster with --url, or use --engine memory',
      );
    }
    verify(join(unpack, `${name}.zip`), pins.archive);
    openToAll(join(unpack, name));
    if (digestOfTree(join(unpack, name)) !== pins.tree) {
      throw new Failure(
        3,
        `what was unpacked of Elasticsearch ${ELASTICSEARCH_VERSION} is not what is in its archive`,
        'look at the disk, give a cluster with --url, or use --engine memory',
      );
    }
    rmSync(home, { recursive: true, force: true });
    renameSync(join(unpack, name), home);
    return home;
  } finally {
    rmSync(unpack, { recursive: true, force: true });
    gone();
  }
}

/** What Java says of a full disk. */
const NO_SPACE = /No space left on device/;

/** What Maven draws, unless it is told to be quiet (--batch-mode): `Progress (2): 41/132 MB | 0.5/5.9 MB`, as many as it downloads at once. */
const PROGRESS = /Progress \(\d+\): [^\r\n]*/g;
/** The archive is larger, and what else Maven needs is smaller, MB. */
const LARGE = 20;

function showDownload(line: string, progress: Progress): void {
  if (/\bUnpacking\b/.test(line)) progress.update('Unpacking Elasticsearch', 0);
  if (line.search(PROGRESS) < 0) return;
  for (const [, got, all] of line.matchAll(/\b(\d{1,9}(?:\.\d{1,9})?)\/(\d{1,9}(?:\.\d{1,9})?) MB/g))
    if (Number(all) > LARGE) progress.update(`Getting Elasticsearch · ${got} of ${all} MB`, Number(got), Number(all));
}

/** Throws a Failure (3) for an archive that is not the pinned one. */
export function verify(archive: string, expected = PINS.archive): void {
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
