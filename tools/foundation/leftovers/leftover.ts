/**
 * What would stay behind where a command is cut off: plain data, since the thread that made it may be in the middle of a
 * computation, and another one, or a later command, clears it away.
 */
export type Leftover =
  /** A file or a folder, of a name that no other command gives to anything. */
  | { kind: 'path'; path: string }
  /** A process that was started, or the group that it leads; `started` as in its `ProcessIdentity`. */
  | { kind: 'process'; pid: number; started?: string | undefined; group?: boolean }
  /**
   * The indices of a run, all of whose names begin alike. `authorization` is the header that the cluster wants; `isLocal`: the node is
   * one that Tollgate starts, and what is in it goes with it.
   */
  | { kind: 'indices'; url: string; authorization: string | undefined; prefix: string; isLocal: boolean };

/** That there is a leftover from now on; without one, that there is none any more. */
export interface Note {
  /** Tells it from the other leftovers of the process. */
  key: string;
  leftover?: Leftover;
}
