/** The seed of the random tests, which the titles show; set TOLLGATE_SEED to run them with it again. */
export const SEED = Number(process.env['TOLLGATE_SEED'] ?? Date.now() % 2 ** 31);
