import { CLEAR_AWAY_MS } from '../../foundation/content/waits';
import { deadJournals } from '../../foundation/leftovers/journal';
import type { Leftover } from '../../foundation/leftovers/leftover';
import { deleteLeftIndices } from './left-indices';
import { headersFor, originOf } from './node/access';
import { journalsOf } from './node/folders';
import type { RunningNode } from './node/present';

/**
 * Deletes the indices in this cluster that commands of this user left which were killed, as their journals say. What could be deleted,
 * and what could not, is told in a line.
 */
export async function deleteDeadIndices(
  node: RunningNode,
  env: NodeJS.ProcessEnv,
  tell: (line: string) => void,
): Promise<void> {
  const folder = journalsOf(env);
  if (folder === null) return;
  for (const dead of deadJournals(folder)) {
    const cleared: Leftover[] = [];
    for (const left of dead.leftovers) {
      if (left.kind !== 'indices') continue;
      if (left.url === node.access.url) {
        if (await deleted(left, node, tell)) cleared.push(left);
      } else if (left.isLocal && node.way !== 'url') cleared.push(left); // They went with their node.
    }
    if (cleared.length > 0) dead.clear(cleared);
  }
}

async function deleted(
  left: Extract<Leftover, { kind: 'indices' }>,
  { access }: RunningNode,
  tell: (line: string) => void,
): Promise<boolean> {
  const { authorization } = headersFor(access);
  const what = `indices ${left.prefix}* of a command that was killed`;
  try {
    await deleteLeftIndices({ ...left, authorization }, AbortSignal.timeout(CLEAR_AWAY_MS));
    tell(`the ${what} are deleted`);
    return true;
  } catch (error) {
    tell(`the ${what} could not be deleted in ${originOf(access)}: ${(error as Error).message}`);
    return false;
  }
}
