import { join } from 'node:path';

/** The folder that holds Tollgate's own content, schemas and `package.json`: as far up from the sources as from what is compiled. */
export const ROOT = join(__dirname, '..', '..');
