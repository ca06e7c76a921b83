#!/usr/bin/env node
// Runs the compiled tools; where a source is newer than they are, the sources themselves, so that nobody runs stale code.
'use strict';
const { existsSync, readdirSync, statSync } = require('node:fs');
const { constants } = require('node:os');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

// Listened to from here on, by one listener each: a signal that comes while one takes another's place is lost. Until the command
// begins there is nothing to clear away.
let interrupt = (signal) => process.exit(128 + constants.signals[signal]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt(signal));

// The thread of the command takes about as long to come up as the sources to be looked at. Its own streams are not read: it puts others
// in their place (command.ts), which know nothing of a reader that asks for more.
const thread = new Worker(join(__dirname, 'thread.js'), { stdout: true, stderr: true });

const root = join(__dirname, '..');
/** Whether anything below a folder has changed since. Reading the folders one by one takes a third of a recursive reading's time. */
const hasChanged = (folder, since) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return hasChanged(path, since);
    return /\.(ts|schema\.json)$/.test(entry.name) && statSync(path).mtimeMs > since;
  });
const stamp = join(root, 'dist', 'built');
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : -1;
const sources = existsSync(join(root, 'tools'));
const stale =
  sources &&
  ['tools', 'schemas', 'packages/sigma/src', 'packages/sigma-elasticsearch/src'].some((folder) =>
    hasChanged(join(root, folder), built),
  );
const cli = join(root, stale ? 'tools' : 'dist', 'command', 'cli');
thread.postMessage({ cli, stale });
if (stale) require('./compiler');
interrupt = require(join(cli, 'start')).start(thread, process.argv.slice(2));
