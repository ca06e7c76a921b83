import { Guard } from '../../test/fuzz/guard';
import { TARGETS } from '../../test/fuzz/targets';
import type { Trial } from '../trial';
import { shown } from './judge';

/** Inputs of each parser. */
const INPUTS = 60;

/** The parsers alone, in a thread that is ended where an input takes too long or too much memory. */
export async function* parsers(seed: number): AsyncGenerator<Trial> {
  const guard = new Guard();
  try {
    for (const { name } of TARGETS)
      for (let n = 0; n < INPUTS; n++) {
        const inputSeed = seed * INPUTS + n;
        const found = await guard.run(name, inputSeed, 1);
        const which = `npm run fuzz -- --target ${name} --seed ${inputSeed} --runs 1`;
        const wrong = found?.error.startsWith('an input takes') ? 'wait' : 'answer';
        yield { what: `parser of a ${name}`, which, wrong: found ? [{ wrong, seen: shown(found.error) }] : [] };
      }
  } finally {
    await guard.close();
  }
}
