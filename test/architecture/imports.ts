import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOMS } from './rooms';

export const ROOT = join(__dirname, '../..');

/** Where the names of packages lead. */
const PACKAGES: Record<string, string> = {
  '@tollgate/sigma': 'packages/sigma/src',
  '@tollgate/sigma-elasticsearch': 'packages/sigma-elasticsearch/src',
};

/** File → the files of the rooms that it imports or requires, be it for types alone; paths from the root, with forward slashes. */
export function importsOfRooms(): Map<string, string[]> {
  const all = new Set(ROOMS.flatMap(({ folder }) => sourcesOf(folder)));
  const found = [...all].map((file): [string, string[]] => [file, importsOf(file, all)]);
  return new Map(found);
}

export function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function sourcesOf(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((path) => path.endsWith('.ts')).map((path) => join(folder, path));
}

function importsOf(file: string, all: ReadonlySet<string>): string[] {
  const specifiers = [...textOf(file).matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, path]) => path!);
  return specifiers.flatMap((specifier) => {
    const path = target(file, specifier);
    if (path === null || path.includes('compiled') || path.endsWith('.json')) return [];
    return all.has(join(path, 'index.ts')) ? [join(path, 'index.ts')] : [`${path}.ts`];
  });
}

/** The path that an import leads to, without an ending; null for a package of others. */
function target(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return relative(ROOT, join(ROOT, dirname(file), specifier));
  const name = Object.keys(PACKAGES).find((each) => specifier === each || specifier.startsWith(`${each}/`));
  if (name === undefined) return null;
  return join(PACKAGES[name]!, specifier.slice(name.length + 1));
}
