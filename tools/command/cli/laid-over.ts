import { join } from 'node:path';
import { yamlAt } from '../../foundation/content/find';
import { Failure } from '../../foundation/content/failure';
import type { World } from '../../simulate/world';
import type { Layout } from '../check/layout';

/** What `--datasets` says of itself. */
export const LAID_OVER = [
  '--datasets <folder>',
  "worlds and scenarios of this folder as well; those with the name of one of the content's own replace it",
] as const;

const FOLDERS = ['worlds', 'benign', 'malicious'];

/** The layout with a folder laid over its datasets. Throws a `Failure` (2) for one that holds no world and no scenario. */
export function laidOver(layout: Layout, folder: string | undefined): Layout {
  if (folder === undefined) return layout;
  if (filesIn(folder, FOLDERS).length === 0)
    throw new Failure(
      2,
      `${folder} holds no world and no scenario`,
      `they are read from its folders ${FOLDERS.join(', ')}: one file in one of them is enough`,
    );
  return { ...layout, over: [...layout.over, folder] };
}

/** Those of the worlds that stand in the folder that is laid over; none without one. */
export function broughtBy(folder: string | undefined, worlds: World[]): World[] {
  const files = new Set(folder === undefined ? [] : filesIn(folder, ['worlds']));
  return worlds.filter(({ file }) => files.has(file));
}

function filesIn(folder: string, names: string[]): string[] {
  return names.flatMap((name) => yamlAt(join(folder, name)));
}
