// Builds after an installation. `npx tollgate` in a fresh clone installs the clone once more, silently: what is built already stays.
'use strict';
const { execSync } = require('node:child_process');
const { existsSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { isStale } = require('./stale');

const root = join(__dirname, '..');
const stamp = join(root, 'dist', 'built');
/** Other versions of what builds may build something else. */
const isOlder = (name) =>
  existsSync(join(root, name)) && (!existsSync(stamp) || statSync(join(root, name)).mtimeMs > statSync(stamp).mtimeMs);
if (isStale(root) || ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].some(isOlder))
  execSync('npm run build', { cwd: root, stdio: 'inherit' });
