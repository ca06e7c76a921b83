import { parentPort } from 'node:worker_threads';
import { keepJournal } from '../../foundation/leftovers/journal';
import type * as Main from './main';
import { type Descriptor, type Heard, type Start, ThreadOutput, type Told } from './thread-output';

// What the thread of a command runs.
const port = parentPort!;
port.once('message', run);

function run({ args, columns, journals }: Start): void {
  if (journals !== null) keepJournal(journals);
  // In their place before anything else is loaded, which may ask for a terminal.
  const outputs: Record<Descriptor, ThreadOutput> = {
    1: new ThreadOutput(port, 1, columns[1]),
    2: new ThreadOutput(port, 2, columns[2]),
  };
  for (const [name, value] of [
    ['stdout', outputs[1]],
    ['stderr', outputs[2]],
  ] as const)
    Object.defineProperty(process, name, { value });
  Object.defineProperty(process, 'stdin', { get: standardInput, configurable: true });
  // A reader that has seen enough (`tollgate … | head`) is no error: the command ends quietly.
  outputs[1].on('error', () => process.exit());
  port.on('message', (heard: Heard) => outputs[heard.from].hear(heard));
  port.unref();

  const { main } = require('./main') as typeof Main;
  void main(args).then(async () => {
    await Promise.all(Object.values(outputs).map((output) => new Promise((resolve) => output.end(resolve))));
    port.postMessage({ ended: Number(process.exitCode ?? 0) } satisfies Told);
    process.exit();
  });
}

/** The process's own, read here: a thread's would be empty. */
function standardInput(): NodeJS.ReadStream {
  const value = openInput();
  Object.defineProperty(process, 'stdin', { value });
  return value;
}

function openInput(): NodeJS.ReadStream {
  const { fstatSync, createReadStream } = require('node:fs') as typeof import('node:fs');
  const { isatty, ReadStream } = require('node:tty') as typeof import('node:tty');
  const { Socket } = require('node:net') as typeof import('node:net');
  if (isatty(0)) return new ReadStream(0);
  const stat = fstatSync(0);
  if (stat.isFIFO() || stat.isSocket())
    return new Socket({ fd: 0, readable: true, writable: false }) as NodeJS.ReadStream;
  return createReadStream('', { fd: 0, autoClose: false }) as unknown as NodeJS.ReadStream;
}
