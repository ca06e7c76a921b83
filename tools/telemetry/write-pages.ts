import { join } from 'node:path';
import { loadContracts } from './load';
import { stalePages, writePages } from './pages';
import { readersOf } from './readers';

// `npm run sources` writes docs/sources from the contracts, with the rules and queries that read them; with --check it only says which pages are not current.
const root = process.cwd();
const folder = join(root, 'docs', 'sources');
const { contracts, diagnostics } = loadContracts(join(root, 'schemas', 'telemetry'));
for (const { file, line, column, message } of diagnostics) console.error(`${file}:${line}:${column} ${message}`);
const check = process.argv.includes('--check');
if (diagnostics.length > 0) process.exitCode = 1;
else {
  const readers = readersOf(root, contracts);
  const names = check ? stalePages(contracts, readers, folder) : writePages(contracts, readers, folder);
  for (const name of names) console.log(`${check ? 'stale' : 'written'}: docs/sources/${name}`);
  if (check && names.length > 0) {
    console.error('run `npm run sources`');
    process.exitCode = 1;
  }
}
