import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from './command';
import { reachable, type RunAs } from './folders';

/** Elasticsearch 9 runs on this version of Java or a newer one. */
export const OLDEST_JAVA = 21;

export interface Java {
  home: string;
  /** 21, 25 … */
  version: number;
}

/** Folders in which systems keep their Javas, each of which is a home or has it under Contents/Home (macOS). */
const JVM_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/lib64/jvm',
  '/usr/java',
  '/opt/java',
  '/opt/homebrew/opt',
  '/Library/Java/JavaVirtualMachines',
];

/**
 * The Java that Elasticsearch shall run on: ES_JAVA_HOME, JAVA_HOME, the `java` on the path, or else the newest in the
 * folders in which systems keep theirs. Older ones than 21, and those which `as` cannot reach, are passed over.
 */
export async function findJava(
  env: NodeJS.ProcessEnv,
  as: RunAs | undefined,
  folders = JVM_FOLDERS,
): Promise<Java | undefined> {
  for (const home of [env['ES_JAVA_HOME'], env['JAVA_HOME'], homeOfJavaOnPath(env)]) {
    const java = home ? await javaAt(home, as) : undefined;
    if (java !== undefined) return java;
  }
  const sdkman = env['HOME'] ? [join(env['HOME'], '.sdkman/candidates/java')] : [];
  const found: Java[] = [];
  for (const home of [...folders, ...sdkman].flatMap(homesIn)) {
    const java = await javaAt(home, as);
    if (java !== undefined) found.push(java);
  }
  return found.sort((a, b) => b.version - a.version || (a.home < b.home ? -1 : 1))[0];
}

function homesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name))
      .map((home) => (existsSync(join(home, 'Contents/Home')) ? join(home, 'Contents/Home') : home));
  } catch {
    return [];
  }
}

function homeOfJavaOnPath(env: NodeJS.ProcessEnv): string | undefined {
  const program = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'java'))
    .find((path) => existsSync(path));
  return program === undefined ? undefined : dirname(dirname(realpathSync(program)));
}

async function javaAt(home: string, as: RunAs | undefined): Promise<Java | undefined> {
  const program = join(home, 'bin/java');
  if (!existsSync(program) || !reachable(realpathSync(program), as)) return undefined;
  const version = versionInRelease(home) ?? (await versionByAsking(program));
  return version !== undefined && version >= OLDEST_JAVA ? { home, version } : undefined;
}

/** Every JDK since 8 says its version in a file `release`, which spares the 50 ms of asking it. */
function versionInRelease(home: string): number | undefined {
  try {
    return majorOf(/^JAVA_VERSION="([^"]*)"/m.exec(readFileSync(join(home, 'release'), 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

async function versionByAsking(program: string): Promise<number | undefined> {
  const { stderr } = await runCommand(program, ['-version'], { timeoutMs: 60_000 });
  return majorOf(/version "([^"]*)"/.exec(stderr)?.[1]);
}

function majorOf(version: string | undefined): number | undefined {
  const major = Number.parseInt(version ?? '', 10);
  return Number.isNaN(major) ? undefined : major;
}
