import { join } from 'node:path';
import { isMap } from '@tollgate/sigma/values/map';
import type { Folders } from './folders';
import { isIdentity, type ProcessIdentity } from '../../../foundation/leftovers/process-identity';
import { readRecord, removeRecord, writeRecord, type ReadRecord } from './record';

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

export function stateFile(folders: Folders): string {
  return join(folders.state, 'node.json');
}

export function readState(folders: Folders): ReadRecord<NodeState> {
  return readRecord(stateFile(folders), isState);
}

/** Writes it whole, for the user's eyes alone: it holds the password. */
export function writeState(folders: Folders, state: NodeState): void {
  writeRecord(stateFile(folders), state);
}

export function removeState(folders: Folders): void {
  removeRecord(stateFile(folders));
}

/** Our own node listens on loopback only, so that no other address can be one that we wrote. */
const URL_OF_A_NODE = /^http:\/\/127\.0\.0\.1:\d{1,5}$/;

function isState(value: unknown): value is NodeState {
  if (!isMap(value)) return false;
  const { way, process, container, url, version, username, password } = value;
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  return (
    (way === 'java' ? process === undefined || isIdentity(process) : way === 'docker' && isText(container)) &&
    (url === undefined || (isText(url) && URL_OF_A_NODE.test(url))) &&
    (version === undefined || isText(version)) &&
    isText(username) &&
    isText(password)
  );
}
