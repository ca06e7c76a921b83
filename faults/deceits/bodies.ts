import { changed, LIES, LIES_OF } from '../../test/detection/elasticsearch/lies';
import type { Kind } from '../../test/detection/elasticsearch/lying-proxy';
import { ALL, group, type Lie } from './lie';

/** Answers of status 200 that say something else than the node did. */
export const BODIES: Lie[] = group('a changed answer', [
  ...LIES.map(([name, lie]) => ({ name, deceit: changed(lie), kinds: ALL })),
  ...Object.entries(LIES_OF).flatMap(([kind, lies]) =>
    lies.map(([name, lie]) => ({ name, deceit: changed(lie), kinds: [kind as Kind] })),
  ),
]);
