import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literalsPage } from './literals-page';
import { silentForms } from './silenced';
import { loadContracts } from '../../telemetry/load';
import { stalePages, writePages } from '../../telemetry/pages';
import { readersOf } from '../../telemetry/readers';

// `npm run sources` writes docs/sources and docs/literals.md from the contracts, with the rules and queries that read them; with --check it only says which
// pages are not current.
const root = process.cwd();
const folder = join(root, 'docs', 'sources');
const { contracts, diagnostics } = loadContracts(join(root, 'schemas', 'telemetry'));
for (const { file, line, column, message } of diagnostics) console.error(`${file}:${line}:${column} ${message}`);
const check = process.argv.includes('--check');
if (diagnostics.length > 0) process.exitCode = 1;
else {
  const use = { readers: readersOf(root, contracts), silent: silentForms(root, contracts) };
  const names = (check ? stalePages(contracts, use, folder) : writePages(contracts, use, folder)).map(
    (name) => `sources/${name}`,
  );
  const literals = join(root, 'docs', 'literals.md');
  const text = literalsPage(root, contracts);
  if (!existsSync(literals) || readFileSync(literals, 'utf8') !== text) {
    if (!check) writeFileSync(literals, text);
    names.push('literals.md');
  }
  for (const name of names) console.log(`${check ? 'stale' : 'written'}: docs/${name}`);
  if (check && names.length > 0) {
    console.error('run `npm run sources`');
    process.exitCode = 1;
  }
}
