import type { Trials } from './trial';

export const kills: Trials = async function* () {};
