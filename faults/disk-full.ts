import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { rootKey } from '../tools/simulate/random';
import { fullFiles } from './disks/files';
import { fullNodes } from './disks/node';
import { fullOutputs } from './disks/outputs';
import { fullTemporary } from './disks/temporary';
import type { Trials } from './trial';

/** Leaves commands and their node no room, wherever they write. */
export const diskFull: Trials = async function* ({ seed, folder, say }) {
  const own = mkdtempSync(join(folder, 'full-'));
  const key = rootKey(seed, 'full');
  for (const trials of [fullOutputs, fullFiles, fullTemporary, fullNodes])
    for await (const trial of trials(key, own, say)) {
      say(trial.what);
      yield { ...trial, which: `--only full --seed ${seed}, ${trial.which}` };
    }
};
