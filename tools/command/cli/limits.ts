/** Threads that `match` starts, and units that `measure` works at, at once: more than a machine has cores for only take memory. */
export const MAX_THREADS = 64;

/** The heap of a thread that replays or measures worlds, MB: a unit of the largest world may take as much. */
export const HEAP_MB = 6144;

/** Days that are simulated, measured ones and those before them. */
export const MAX_DAYS = 366;

/** Sends that a world simulates a day, multiplied by `--scale`. Those whose codes are not used yet are held in memory. */
export const MAX_SENDS_PER_DAY = 50_000_000;

/** Sends of a world in one replay, which holds its matches in memory. */
export const MAX_REPLAYED_SENDS = 10_000_000;
