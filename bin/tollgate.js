#!/usr/bin/env node
// Runs the compiled tools; where a source is newer than they are, the sources themselves, so that nobody runs stale code.
'use strict';
const { constants } = require('node:os');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { isStale } = require('./stale');

// Listened to from here on, by one listener each: a signal that comes while one takes another's place is lost. Until the command
// begins there is nothing to clear away.
let interrupt = (signal) => process.exit(128 + constants.signals[signal]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupt(signal));

// The thread of the command takes about as long to come up as the sources to be looked at. Its own streams are not read: it puts others
// in their place (command.ts), which know nothing of a reader that asks for more.
const thread = new Worker(join(__dirname, 'thread.js'), { stdout: true, stderr: true });

const root = join(__dirname, '..');
const stale = isStale(root);
const cli = join(root, stale ? 'tools' : 'dist', 'command', 'cli');
thread.postMessage({ cli, stale });
if (stale) require('./compiler');
interrupt = require(join(cli, 'start')).start(thread, process.argv.slice(2));
