/**
 * Options of requests that remove what a command made. A node that hangs is waited for once, half a minute in all: what a command
 * wanted to know it has by then, or never will.
 */
export const CLEANUP = { requestTimeout: 30_000 };
