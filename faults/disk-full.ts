import type { Trials } from './trial';

export const diskFull: Trials = async function* () {};
