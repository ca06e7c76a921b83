import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folders } from './folders';
import type { ProcessIdentity } from './process';

/** What is known of the node that a command started, from its first moment on. */
export interface NodeState {
  way: 'docker' | 'java';
  /** Java: the node's process; while it starts, its launcher's. */
  process?: ProcessIdentity;
  /** Docker: the container's name. */
  container?: string;
  /** Absent while it starts. */
  url?: string;
  version?: string;
  username: string;
  password: string;
}

export function readState(folders: Folders): NodeState | undefined {
  try {
    return JSON.parse(readFileSync(join(folders.state, 'node.json'), 'utf8')) as NodeState;
  } catch {
    return undefined;
  }
}

/** Writes it whole, for the user's eyes alone: it holds the password. */
export function writeState(folders: Folders, state: NodeState): void {
  const path = join(folders.state, 'node.json');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(state, null, 2), { mode: 0o600 });
  renameSync(draft, path);
}

export function removeState(folders: Folders): void {
  rmSync(join(folders.state, 'node.json'), { force: true });
}
