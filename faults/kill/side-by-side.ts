/** What several sequences give, as it comes. */
export async function* sideBySide<T>(...all: AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = all.map((one) => one[Symbol.asyncIterator]());
  const coming = new Map(iterators.map((one) => [one, one.next().then((result) => ({ one, result }))]));
  while (coming.size > 0) {
    const { one, result } = await Promise.race(coming.values());
    if (result.done) coming.delete(one);
    else {
      coming.set(
        one,
        one.next().then((result) => ({ one, result })),
      );
      yield result.value;
    }
  }
}
