import type { IndexStore } from '../../core/ports/indexStore.ts';

/** The same store, calling `onCommit` with the new generation after every commit and every clear made through it. */
export function notifyCommits(store: IndexStore, onCommit: (generation: number) => void): IndexStore {
  return {
    snapshot: () => store.snapshot(),
    generation: () => store.generation(),
    segment: (id) => store.segment(id),
    projection: (id) => store.projection(id),
    write: (work, signal) =>
      store.write(
        (writer) =>
          work({
            snapshot: () => writer.snapshot(),
            putSegment: (bytes) => writer.putSegment(bytes),
            putProjection: (bytes) => writer.putProjection(bytes),
            async commit(change) {
              const generation = await writer.commit(change);
              onCommit(generation);
              return generation;
            },
          }),
        signal,
      ),
    async clear() {
      await store.clear();
      onCommit(await store.generation());
    },
    close: () => store.close(),
  };
}
