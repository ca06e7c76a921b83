// From here on sources are compiled as they are loaded, and the packages' sources stand in for what is built of them.
'use strict';
const { join } = require('node:path');
const { compilerOptions } = require('../tsconfig.json');

const root = join(__dirname, '..');
require('ts-node').register({ transpileOnly: true, project: join(root, 'tsconfig.json') });
require('tsconfig-paths').register({ baseUrl: root, paths: compilerOptions.paths });
