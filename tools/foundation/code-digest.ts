import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './root';

const PACKAGES = ['@tollgate/sigma', '@tollgate/sigma-elasticsearch'];

let known: string | null | undefined;

/**
 * SHA-256 of the code that runs, whole: Tollgate's and its packages', which versions of others it names, and what Node is made of.
 * It says too much rather than too little: a comment changes it. Null where a file has changed since this process began, which may run
 * what was there before.
 */
export function codeDigest(): string | null {
  return (known ??= digestNow());
}

function digestNow(): string | null {
  const folders = PACKAGES.map((name) => dirname(require.resolve(`${name}/package.json`))).flatMap((folder) => [
    join(folder, 'src'),
    join(folder, 'dist', 'cjs'),
  ]);
  const files = [join(ROOT, 'package.json'), ...[join(__dirname, '..'), ...folders].flatMap(codeBelow)];
  const hash = createHash('sha256').update(JSON.stringify([process.versions, process.arch]));
  const began = Date.now() - process.uptime() * 1000;
  for (const file of files) {
    if (statSync(file).mtimeMs > began) return null;
    const content = readFileSync(file);
    hash.update(JSON.stringify([file, content.length])).update(content);
  }
  return hash.digest('hex');
}

/** The files below a folder that can be run, or read as data; none where there is no folder. */
function codeBelow(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return codeBelow(path);
      return /\.(?:js|ts|json)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
    });
}
