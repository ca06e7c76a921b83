import type { Trials } from './trial';

export const hostileInputs: Trials = async function* () {};
