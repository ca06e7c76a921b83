import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { literalsPage } from './literals-page';
import { silentForms } from './silenced';
import { requestsOf } from './shape-use';
import { shapesPage } from './shapes-page';
import { loadContracts } from '../../telemetry/load';
import { stalePages, writePages } from '../../telemetry/pages';
import { readersOf } from '../../telemetry/readers';
import { loadShapes } from '../../telemetry/shape-load';

// `npm run sources` writes docs/sources and docs/literals.md from the contracts, with the rules and queries that read them, and docs/shapes.md from the shapes;
// with --check it only says which pages are not current.
const root = process.cwd();
const folder = join(root, 'docs', 'sources');
const { contracts, diagnostics } = loadContracts(join(root, 'schemas', 'telemetry'));
const { shapes, diagnostics: ofShapes } = loadShapes(join(root, 'schemas', 'shapes'), contracts);
const wrong = [...diagnostics, ...ofShapes];
for (const { file, line, column, message } of wrong) console.error(`${file}:${line}:${column} ${message}`);
const check = process.argv.includes('--check');
if (wrong.length > 0) process.exitCode = 1;
else {
  const use = { readers: readersOf(root, contracts), silent: silentForms(root, contracts) };
  const names = (check ? stalePages(contracts, use, folder) : writePages(contracts, use, folder)).map(
    (name) => `sources/${name}`,
  );
  const pages = {
    'literals.md': literalsPage(root, contracts),
    'shapes.md': shapesPage(shapes, contracts, requestsOf(root, contracts), root),
  };
  for (const [name, text] of Object.entries(pages)) {
    const path = join(root, 'docs', name);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    if (!check) writeFileSync(path, text);
    names.push(name);
  }
  for (const name of names) console.log(`${check ? 'stale' : 'written'}: docs/${name}`);
  if (check && names.length > 0) {
    console.error('run `npm run sources`');
    process.exitCode = 1;
  }
}
