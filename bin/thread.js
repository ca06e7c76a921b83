// The thread in which the command runs. It is told where the tools are, then what to do.
'use strict';
const { join } = require('node:path');
const { parentPort } = require('node:worker_threads');

parentPort.once('message', ({ cli, stale }) => {
  if (stale) require('./compiler');
  require(join(cli, 'command'));
});
