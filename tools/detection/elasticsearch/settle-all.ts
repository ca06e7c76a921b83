/** Waits for all, so that none goes on after the failure of another, and throws the first failure. */
export async function settleAll(works: Promise<void>[]): Promise<void> {
  for (const ended of await Promise.allSettled(works)) {
    if (ended.status === 'rejected') throw ended.reason;
  }
}
