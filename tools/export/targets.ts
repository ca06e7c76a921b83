import { elastic } from './elastic';
import type { Target } from './target';

/** Every target by its name, which is also the name of its folder. */
export const TARGETS = { elastic } satisfies Record<string, Target>;
