import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadActs } from '../../detection/acts/load';
import { differing, write } from '../../foundation/content/page-files';
import { codesPage } from './codes-page';
import { literalsPage } from './literals-page';
import { namingsOf, respondPages } from './respond-pages';
import { silentForms } from './silenced';
import { requestsOf } from './shape-use';
import { shapesPage } from './shapes-page';
import { loadContracts } from '../../telemetry/load';
import { EDITOR_SCHEMA, editorSchemas } from '../../telemetry/editor-schema';
import { sourcePages } from '../../telemetry/pages';
import { readersOf } from '../../telemetry/readers';
import { loadShapes } from '../../telemetry/shape-load';

// `npm run sources` writes docs/sources, docs/literals.md and the schemas for editors (schemas/fields) from the contracts, with the rules and queries that read them, docs/shapes.md from the shapes,
// docs/diagnostics/README.md from the pages of the codes, and docs/respond from the acts, with the rules and queries that name them; with --check it only says which pages are not current.
const root = process.cwd();
const { contracts, diagnostics } = loadContracts(join(root, 'schemas', 'telemetry'));
const { shapes, diagnostics: ofShapes } = loadShapes(join(root, 'schemas', 'shapes'), contracts);
const { files, diagnostics: ofActs } = loadActs(join(root, 'acts'));
const wrong = [...diagnostics, ...ofShapes, ...ofActs];
for (const { file, line, column, message } of wrong) console.error(`${file}:${line}:${column} ${message}`);
const check = process.argv.includes('--check');
if (wrong.length > 0) process.exitCode = 1;
else {
  const use = { readers: readersOf(root, contracts), silent: silentForms(root, contracts) };
  const folders = { sources: sourcePages(contracts, use), respond: respondPages(files, namingsOf(root)) };
  const names = Object.entries(folders).flatMap(([folder, pages]) => {
    const path = join(root, 'docs', folder);
    return (check ? differing(pages, path) : write(pages, path)).map((name) => `${folder}/${name}`);
  });
  const schemas = editorSchemas(contracts);
  const fields = join(root, 'schemas', 'fields');
  const stale = check ? differing(schemas, fields, EDITOR_SCHEMA) : write(schemas, fields, EDITOR_SCHEMA);
  for (const name of stale) console.log(`${check ? 'stale' : 'written'}: schemas/fields/${name}`);
  const pages = {
    'diagnostics/README.md': codesPage(),
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
  if (check && names.length + stale.length > 0) {
    console.error('run `npm run sources`');
    process.exitCode = 1;
  }
}
