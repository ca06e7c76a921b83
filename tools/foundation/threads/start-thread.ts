import { ROOT } from '../root';
import { join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** From the sources a thread needs what compiles them; the compiled tools need nothing. */
const FROM_SOURCES = __filename.endsWith('.ts');

/** Starts a thread that runs a module, named without its ending, of a folder of the tools. */
export function startThread(folder: string, module: string, options: WorkerOptions = {}): Worker {
  const file = join(folder, module);
  return FROM_SOURCES ? new Worker(compiling(file), { ...options, eval: true }) : new Worker(`${file}.js`, options);
}

/** By paths, since names would be looked for in the folder that the command is run in. */
function compiling(file: string): string {
  const [compiler, path] = [join(ROOT, 'bin', 'compiler.js'), file].map((text) => JSON.stringify(text));
  return `require(${compiler}); require(${path});`;
}
