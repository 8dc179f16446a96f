import type { IndexStore } from '../../../src/core/ports/indexStore.ts';

/** The same store, calling `before` and `after` around every commit. */
export function onCommit(
  store: IndexStore,
  before: () => void,
  after: () => void = () => undefined,
): IndexStore {
  return {
    snapshot: () => store.snapshot(),
    generation: () => store.generation(),
    segment: (id) => store.segment(id),
    projection: (id) => store.projection(id),
    clear: () => store.clear(),
    close: () => store.close(),
    write: (work, signal) =>
      store.write(
        (writer) =>
          work({
            snapshot: () => writer.snapshot(),
            putSegment: (bytes) => writer.putSegment(bytes),
            putProjection: (bytes) => writer.putProjection(bytes),
            async commit(change) {
              before();
              const generation = await writer.commit(change);
              after();
              return generation;
            },
          }),
        signal,
      ),
  };
}
