import type { NewFile } from './files';

/** What is made: files, what their author is told of them, and the commands that come next. */
export interface Made {
  files: NewFile[];
  notes: string[];
  next: string[];
}

/** The commands after a new rule or query. */
export function nextOfDetector(file: string): string[] {
  return [
    `npx tollgate validate ${file}    # what is left to write`,
    `npx tollgate test ${file}`,
    `npx tollgate mutate ${file}`,
    `npx tollgate replay ${file} --engine memory`,
  ];
}
