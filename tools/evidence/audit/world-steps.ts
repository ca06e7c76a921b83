import { Steps } from '../replay/steps';
import type { Progress } from '../../detection/engine/execution';
import type { World } from '../../simulate/world';

/** The progress through the worlds, which are about the same work: the larger ones are made smaller for an audit. */
export function worldSteps(worlds: World[], progress: Progress): Steps {
  return new Steps(
    progress,
    worlds.map(({ name }) => ({ name, weight: 1 })),
    'world',
  );
}
