// Whether what was built is older than what it is built from.
'use strict';
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

/** Whether anything below a folder has changed since. Reading the folders one by one takes a third of a recursive reading's time. */
const hasChanged = (folder, since) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return hasChanged(path, since);
    return /\.(ts|schema\.json)$/.test(entry.name) && statSync(path).mtimeMs > since;
  });

/** Whether a source below `root` is newer than the build; never in a package, which comes without sources. */
exports.isStale = (root) => {
  const stamp = join(root, 'dist', 'built');
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : -1;
  return (
    existsSync(join(root, 'tools')) &&
    ['tools', 'schemas', 'packages/sigma/src', 'packages/sigma-elasticsearch/src'].some((folder) =>
      hasChanged(join(root, folder), built),
    )
  );
};
