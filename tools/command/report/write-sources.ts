import { join } from 'node:path';
import { silentForms } from './silenced';
import { loadContracts } from '../../telemetry/load';
import { stalePages, writePages } from '../../telemetry/pages';
import { readersOf } from '../../telemetry/readers';

// `npm run sources` writes docs/sources from the contracts, with the rules and queries that read them; with --check it only says which pages are not current.
const root = process.cwd();
const folder = join(root, 'docs', 'sources');
const { contracts, diagnostics } = loadContracts(join(root, 'schemas', 'telemetry'));
for (const { file, line, column, message } of diagnostics) console.error(`${file}:${line}:${column} ${message}`);
const check = process.argv.includes('--check');
if (diagnostics.length > 0) process.exitCode = 1;
else {
  const use = { readers: readersOf(root, contracts), silent: silentForms(root, contracts) };
  const names = check ? stalePages(contracts, use, folder) : writePages(contracts, use, folder);
  for (const name of names) console.log(`${check ? 'stale' : 'written'}: docs/sources/${name}`);
  if (check && names.length > 0) {
    console.error('run `npm run sources`');
    process.exitCode = 1;
  }
}
