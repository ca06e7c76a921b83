import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root';

/** What the tools read of Tollgate's own `package.json`. */
export interface Manifest {
  version: string;
  repository?: string | { url: string };
}

let read: Manifest | undefined;

/** Tollgate's own `package.json`. */
export function manifest(): Manifest {
  return (read ??= JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest);
}
