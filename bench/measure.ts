import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';

export interface Run {
  seconds: number;
  /** The most memory that it held, in MiB; `null` where the system does not say. */
  mebibytes: number | null;
}

/** How often the memory is looked at; the system keeps the highest value, so only the end could be missed. */
const LOOK_MS = 10;

/** Runs a command to its end, its output into a file. Throws unless it ends with one of the exit codes. */
export async function measure(
  command: readonly string[],
  output: string,
  codes: readonly number[] = [0],
): Promise<Run> {
  const [program, ...args] = command as [string, ...string[]];
  const out = createWriteStream(output);
  await once(out, 'open');
  const start = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ['ignore', out, 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors = (errors + text.toString()).slice(-2000)));
  let mebibytes: number | null = null;
  const look = setInterval(() => (mebibytes = highest(child.pid) ?? mebibytes), LOOK_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  clearInterval(look);
  out.close();
  if (code === null || !codes.includes(code)) throw new Error(`${command.join(' ')} ended with ${code}: ${errors}`);
  return { seconds, mebibytes };
}

/** Linux keeps the highest resident size of a process. */
function highest(pid: number | undefined): number | null {
  try {
    const found = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median time, and the most memory that any of the runs held. */
export function middle(runs: readonly Run[]): Run {
  const memory = runs.flatMap(({ mebibytes }) => mebibytes ?? []);
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    mebibytes: memory.length > 0 ? Math.max(...memory) : null,
  };
}
