import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { rootKey } from '../tools/simulate/random';
import { fullFiles } from './disks/files';
import { fullNodes } from './disks/node';
import { fullOutputs } from './disks/outputs';
import { fullTemporary } from './disks/temporary';
import type { Trials } from './trial';

/** Where there is no room, by a name of its own. */
const PLACES = { outputs: fullOutputs, files: fullFiles, temporary: fullTemporary, node: fullNodes };

/** Leaves commands and their node no room, wherever they write. */
export const diskFull: Trials = async function* ({ seed, folder, say, wants }) {
  const own = join(folder, 'full');
  mkdirSync(own);
  const key = rootKey(seed, 'full');
  for (const [place, trials] of Object.entries(PLACES)) {
    if (!wants(place)) continue;
    for await (const trial of trials(key, own, say)) {
      say(trial.what);
      yield { ...trial, which: `--only full --seed ${seed}, ${trial.which}` };
    }
  }
};
