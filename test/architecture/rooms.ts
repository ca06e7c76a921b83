/** A group of folders with one purpose. */
export interface Room {
  name: string;
  /** From the root of the repository. */
  folder: string;
  /**
   * Its folders, in the order in which the data goes through them: those of a later line may import from an earlier one, never the
   * other way round, and those on one line don't know each other. Empty where the room is one folder.
   */
  folders: string[][];
}

/** A room may import from those before it, never from one after it. */
export const ROOMS: readonly Room[] = [
  { name: '@tollgate/sigma', folder: 'packages/sigma/src', folders: [] },
  { name: '@tollgate/sigma-elasticsearch', folder: 'packages/sigma-elasticsearch/src', folders: [] },
  {
    name: 'foundation',
    folder: 'tools/foundation',
    folders: [['leftovers'], ['content'], ['ndjson', 'statistics', 'threads']],
  },
  { name: 'telemetry', folder: 'tools/telemetry', folders: [] },
  {
    name: 'detection',
    folder: 'tools/detection',
    folders: [['parameters'], ['acts', 'rules', 'engine', 'reading'], ['elasticsearch'], ['hunt', 'compile', 'match']],
  },
  { name: 'simulate', folder: 'tools/simulate', folders: [] },
  { name: 'export', folder: 'tools/export', folders: [] },
  {
    name: 'evidence',
    folder: 'tools/evidence',
    folders: [
      ['replay'],
      ['baseline', 'mutate', 'own-logs'],
      ['measure', 'explain'],
      ['change'],
      ['coverage', 'tune'],
      ['audit'],
    ],
  },
  {
    name: 'command',
    folder: 'tools/command',
    folders: [['check'], ['report', 'new'], ['cli', 'library']],
  },
];

/** The room of a file, by its place in `ROOMS`; -1 where it is in none. */
export function roomOf(file: string): number {
  return ROOMS.findIndex(({ folder }) => file.startsWith(`${folder}/`));
}

/** The line of a file's folder in its room; 0 where the room is one folder or the file lies beside its folders, -1 for a folder that is not known. */
export function lineOf(file: string): number {
  const { folder, folders } = ROOMS[roomOf(file)]!;
  const parts = file.slice(folder.length + 1).split('/');
  if (folders.length === 0 || parts.length === 1) return 0;
  return folders.findIndex((line) => line.includes(parts[0]!));
}
