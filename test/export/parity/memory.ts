import { readFileSync, writeFileSync } from 'node:fs';

const KB = 1024;

/** Has the system forget how much memory a process once had, where it counts that. */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak is that of the process's whole life, or not known.
  }
}

/** The memory of a process in bytes, now and at most since `forgetPeak`; `null` where the system does not say. */
export function memoryOf(pid: number): { now: number; peak: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [now, peak] = ['VmRSS', 'VmHWM'].map(
      (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]) * KB,
    );
    return { now: now!, peak: peak! };
  } catch {
    return null;
  }
}
