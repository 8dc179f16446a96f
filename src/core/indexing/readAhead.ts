/**
 * The results of `load` for each item, in order, with up to `depth` loads under way at a time: hides the latency of
 * the disk behind the work done on what has arrived.
 */
export async function* readAhead<T, R>(
  items: readonly T[],
  depth: number,
  load: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  const pending: Promise<readonly [T, R]>[] = [];
  const start = (item: T) => {
    const loading = load(item).then((result) => [item, result] as const);
    // Awaited in its turn; until then a failure must not count as unhandled.
    loading.catch(() => undefined);
    pending.push(loading);
  };
  let next = 0;
  for (;;) {
    while (pending.length < depth && next < items.length) start(items[next++] as T);
    const first = pending.shift();
    if (first === undefined) return;
    yield await first;
  }
}
