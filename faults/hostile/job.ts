import { pooled } from '../pool';
import type { Trial } from '../trial';
import { makeFolders, removeFolders, run, type Asked, type Folders } from './command';
import { wrongWith, type Expected } from './judge';

/** Something to try, which comes to one trial or to several that share a command. */
export interface Job {
  what: string;
  try(folder: string): Promise<Trial[]>;
}

/** A command that is one trial. `asked` may put into the folders what the command finds there. */
export function command(what: string, which: string, asked: (folders: Folders) => Asked, expected: Expected): Job {
  return {
    what,
    try: async (folder) => {
      const folders = makeFolders(folder);
      try {
        const ended = await run(asked(folders), folders);
        return [{ what, which, wrong: wrongWith(ended, expected) }];
      } finally {
        removeFolders(folders);
      }
    },
  };
}

/** Does the jobs, so many at once; what they come to is given out as it is there. */
export async function* inTurn(jobs: readonly Job[], folder: string, atOnce: number): AsyncGenerator<Trial> {
  const works = jobs.map((job) => () => job.try(folder));
  for await (const trials of pooled(works, atOnce)) yield* trials;
}
