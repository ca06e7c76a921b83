import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * SHA-256 of a folder: of the names of its files, in order, who may read and execute them, and what is in them. Undefined where it
 * can't be read, or holds anything but folders and files.
 */
export function digestOfTree(folder: string): string | undefined {
  try {
    const lines = linesOf(folder, '').sort();
    return createHash('sha256').update(lines.join('')).digest('hex');
  } catch {
    return undefined;
  }
}

function linesOf(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    const name = `${below}${entry.name}`;
    if (entry.isDirectory()) return linesOf(root, `${name}/`);
    const path = join(root, name);
    // A link would be followed to what is none of the folder's.
    if (!entry.isFile()) throw new Error(`${path} is not a file`);
    const mode = (statSync(path).mode & 0o555).toString(8);
    return `${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${name}\n`;
  });
}
