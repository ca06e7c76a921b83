/** Does works, so many at a time, and gives what comes of each as soon as it is there. */
export async function* pooled<T>(works: Iterable<() => Promise<T>>, width: number): AsyncGenerator<T> {
  const waiting = works[Symbol.iterator]();
  const under = new Map<number, Promise<[number, T]>>();
  let count = 0;
  const begin = (): void => {
    const next = waiting.next();
    if (next.done) return;
    const number = count++;
    under.set(
      number,
      next.value().then((result) => [number, result]),
    );
  };
  for (let i = 0; i < width; i++) begin();
  while (under.size > 0) {
    const [number, result] = await Promise.race(under.values());
    under.delete(number);
    begin();
    yield result;
  }
}

/** What several give, as it comes. */
export async function* merged<T>(sources: AsyncGenerator<T>[]): AsyncGenerator<T> {
  const next = new Map(sources.map((source) => [source, advance(source)]));
  while (next.size > 0) {
    const { source, result } = await Promise.race(next.values());
    if (result.done) next.delete(source);
    else {
      next.set(source, advance(source));
      yield result.value;
    }
  }
}

async function advance<T>(
  source: AsyncGenerator<T>,
): Promise<{ source: AsyncGenerator<T>; result: IteratorResult<T> }> {
  return { source, result: await source.next() };
}
