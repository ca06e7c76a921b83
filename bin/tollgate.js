#!/usr/bin/env node
// Runs the compiled tools; where a source is newer than they are, the sources themselves, so that nobody runs stale code.
'use strict';
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => /\.(ts|schema\.json)$/.test(entry.name))
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
const stamp = join(root, 'dist', 'built');
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : -1;
const sources = existsSync(join(root, 'tools'));
const stale = sources && Math.max(newest(join(root, 'tools')), newest(join(root, 'schemas'))) > built;
if (stale) require('ts-node').register({ transpileOnly: true, project: join(root, 'tsconfig.json') });
require(join(root, stale ? 'tools' : 'dist', 'cli', 'main')).main(process.argv.slice(2));
