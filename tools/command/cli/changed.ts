import { spawnSync } from 'node:child_process';
import { join, relative, resolve, sep } from 'node:path';
import { parseYaml } from '@tollgate/sigma/yaml/yaml';
import { isYaml, yamlAt } from '../../foundation/content/find';
import { Failure } from '../../foundation/content/failure';
import { note } from '../../foundation/content/note';
import type { Layout } from '../check/layout';
import { affectedBy, type Detectors } from './affected';

type Places = Pick<Layout, 'root' | 'cases' | 'filters' | 'telemetry' | 'datasets'>;

/** What `--changed` says of itself. */
export const CHANGED = [
  '--changed [base]',
  'only the rules and queries that differ from a commit of git; by default from where the branch began',
] as const;

/**
 * Those of the rules and queries that differ between a commit of git (`true`: the one at which the branch began) and the files as they are,
 * as `affectedBy` says. A world or scenario that differs is named on stderr, since all may see it. Throws a `Failure` (2) where git or the
 * commit is not there.
 */
export function changedSince<D extends Detectors>(content: D, places: Places, base: string | true): D {
  const { root, datasets } = places;
  const git = gitIn(root);
  const commit = base === true ? branchPoint(git) : commitOf(git, base);
  const files = changedFiles(git, root, commit);
  // A filter that is gone, or named other rules before, changed these as well.
  const before = [...files].filter((file) => isYaml(file) && isWithin(join(root, 'filters'), file));
  const formerly = before.flatMap((file) => {
    const { status, stdout } = git('show', `${commit}:./${pathIn(root, file)}`);
    return status === 0 ? parseYaml(file, stdout).documents : [];
  });
  const shown = ['worlds', 'benign', 'malicious'].flatMap((kind) => yamlAt(join(datasets, kind)));
  tellDatasets(shown.filter((file) => files.has(resolve(file))));
  return affectedBy(content, places, files, formerly);
}

function tellDatasets(files: string[]): void {
  if (files.length > 0)
    note(
      `${files.join(', ')}: changed as well, and seen by other rules and queries, too; without --changed all are run`,
    );
}

type Git = (...args: string[]) => { status: number | null; stdout: string };

/** Runs git in a folder. Throws a `Failure` (2) where it is not there, or the folder is of no repository. */
function gitIn(folder: string): Git {
  const git = (...args: string[]) => {
    const { error, status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (error) throw new Failure(2, `--changed asks git, which can't be run: ${error.message}`, 'install git');
    return { status, stdout };
  };
  if (git('rev-parse', '--is-inside-work-tree').status !== 0)
    throw new Failure(2, `--changed asks git, and ${folder} is in no repository of it`, 'leave --changed out');
  return git;
}

function commitOf(git: Git, base: string): string {
  const { status, stdout } = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`);
  if (status === 0) return stdout.trim();
  throw new Failure(2, `--changed: git has no commit '${base}'`, 'give a branch, a tag or a commit: --changed main');
}

/** Where the branch left the default one. */
function branchPoint(git: Git): string {
  for (const branch of ['origin/HEAD', 'main']) {
    const { status, stdout } = git('merge-base', 'HEAD', branch);
    if (status === 0) return stdout.trim();
  }
  throw new Failure(
    2,
    '--changed: git has neither origin/HEAD nor main',
    'name what to compare with: --changed HEAD~1',
  );
}

/** The files in a folder that are others than in a commit, also those that git does not know yet; whole paths. */
function changedFiles(git: Git, folder: string, commit: string): Set<string> {
  const listed = [
    git('diff', '--name-only', '--no-renames', '--no-ext-diff', '--relative', '-z', commit, '--', '.'),
    git('ls-files', '--others', '--exclude-standard', '-z', '--', '.'),
  ];
  if (listed.some(({ status }) => status !== 0))
    throw new Failure(2, `--changed: git can't compare the files with ${commit}`, '`git status` says more');
  const paths = listed.flatMap(({ stdout }) => stdout.split('\0')).filter((path) => path !== '');
  return new Set(paths.map((path) => resolve(folder, path)));
}

function pathIn(folder: string, file: string): string {
  return relative(resolve(folder), file).split(sep).join('/');
}

function isWithin(folder: string, file: string): boolean {
  return file.startsWith(`${resolve(folder)}${sep}`);
}
