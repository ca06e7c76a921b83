import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** From the sources a thread needs what compiles them; the compiled tools need nothing. */
const FROM_SOURCES = __filename.endsWith('.ts');

/** Starts a thread that runs a module, named without its ending, of a folder of the tools. */
export function startThread(folder: string, module: string, options: WorkerOptions = {}): Worker {
  return new Worker(join(folder, `${module}${FROM_SOURCES ? '.ts' : '.js'}`), {
    ...options,
    ...(FROM_SOURCES && { execArgv: ['-r', 'ts-node/register/transpile-only'] }),
  });
}
