import type { Trials } from './trial';

export const lies: Trials = async function* () {};
