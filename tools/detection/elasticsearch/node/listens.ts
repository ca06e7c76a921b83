import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Whether a process listens on this TCP port, so that no other one is told the password. Only Linux tells; elsewhere the answer is yes.
 */
export function listensOn(pid: number, port: number): boolean {
  if (process.platform !== 'linux') return true;
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => listening(`/proc/${pid}/net/${table}`, port)));
  try {
    return readdirSync(`/proc/${pid}/fd`).some((handle) => sockets.has(linkIn(`/proc/${pid}/fd/${handle}`)));
  } catch {
    return false;
  }
}

/** The sockets that listen on the port, as a process's open files name them; proc_net_tcp in the kernel's documentation. */
function listening(table: string, port: number): string[] {
  const LISTEN = '0A';
  try {
    const rows = readFileSync(table, 'latin1').split('\n').slice(1);
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter((row) => row[3] === LISTEN && Number.parseInt(row[1]!.split(':')[1]!, 16) === port)
      .map((row) => `socket:[${row[9]}]`);
  } catch {
    // No such protocol.
    return [];
  }
}

function linkIn(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
