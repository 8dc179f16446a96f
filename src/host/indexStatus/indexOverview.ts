import type { SkipReason } from '../../core/ports/indexStore.ts';
import type { IndexStatus, PauseKind } from '../../protocol/engine.ts';

/** The state of all folders of the window as one: what the status item, the chat view and the commands go by. */
export type IndexOverview =
  | { readonly state: 'noFolder' }
  | { readonly state: 'starting' }
  | { readonly state: 'scanning'; readonly found: number }
  | {
      readonly state: 'indexing';
      readonly done: number;
      readonly total: number;
      /** Whole percents, rounded down: 100 means done. */
      readonly percent: number;
      /** Milliseconds, once there is something to estimate it from. */
      readonly remainingMs?: number;
    }
  | {
      readonly state: 'paused';
      readonly kind: PauseKind;
      /** That can be searched. */
      readonly files: number;
      readonly chunks: number;
      /** How far indexing had come, when it was interrupted. */
      readonly percent?: number;
    }
  | {
      readonly state: 'ready';
      readonly files: number;
      readonly chunks: number;
      readonly skipped: ReadonlyMap<SkipReason, number>;
      /** Chunks whose vectors are made so far and in all, while they are being made. */
      readonly embedding?: { readonly done: number; readonly total: number };
      /** Why vectors are missing, or have to wait. */
      readonly vectorProblem?: string;
    }
  | { readonly state: 'empty' }
  | { readonly state: 'failed'; readonly message: string };

type Ready = Extract<IndexStatus, { state: 'ready' }>;
type Paused = Extract<IndexStatus, { state: 'paused' }>;

/**
 * One status a folder, `undefined` for a folder not heard of yet. A failure outranks work in progress, work in
 * progress outranks a pause, a pause what is finished, and one folder with an index makes the whole ready.
 */
export function indexOverview(statuses: readonly (IndexStatus | undefined)[]): IndexOverview {
  if (statuses.length === 0) return { state: 'noFolder' };
  const known = statuses.filter((status) => status !== undefined);
  const failed = known.find((status) => status.state === 'failed');
  if (failed) return failed;
  const indexing = known.filter((status) => status.state === 'indexing');
  if (indexing.length > 0) {
    const done = sum(indexing, (status) => status.done);
    const total = sum(indexing, (status) => status.total);
    return { state: 'indexing', done, total, percent: percentOf(done, total) };
  }
  const scanning = known.filter((status) => status.state === 'scanning');
  if (scanning.length > 0) return { state: 'scanning', found: sum(scanning, ({ found }) => found) };
  if (known.length < statuses.length) return { state: 'starting' };
  const paused = known.find((status) => status.state === 'paused');
  if (paused) return pausedOverview(paused.kind, known);
  const ready = known.filter((status) => status.state === 'ready');
  return ready.length > 0 ? readyOverview(ready) : { state: 'empty' };
}

/** True while files are being looked for or indexed. */
export function isBusy(overview: IndexOverview): boolean {
  return overview.state === 'scanning' || overview.state === 'indexing';
}

function readyOverview(ready: readonly Ready[]): IndexOverview {
  const skipped = new Map<SkipReason, number>();
  for (const { reason, count } of ready.flatMap((status) => status.skipped)) {
    skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  }
  const embedding = ready.flatMap((status) => status.embedding ?? []);
  const [vectorProblem] = ready.flatMap((status) => status.vectorProblem ?? []);
  return {
    state: 'ready',
    files: sum(ready, ({ files }) => files),
    chunks: sum(ready, ({ chunks }) => chunks),
    skipped,
    ...(embedding.length > 0 && {
      embedding: { done: sum(embedding, ({ done }) => done), total: sum(embedding, ({ total }) => total) },
    }),
    ...(vectorProblem !== undefined && { vectorProblem }),
  };
}

/** A folder without progress of its own was up to date when the pause began. */
function pausedOverview(kind: PauseKind, statuses: readonly IndexStatus[]): IndexOverview {
  const searchable = statuses.filter(
    (status): status is Ready | Paused => status.state === 'ready' || status.state === 'paused',
  );
  const progress = searchable.flatMap((status) =>
    status.state === 'paused' && status.progress ? [status.progress] : [],
  );
  const done = sum(progress, (each) => each.done);
  const total = sum(progress, (each) => each.total);
  return {
    state: 'paused',
    kind,
    files: sum(searchable, ({ files }) => files),
    chunks: sum(searchable, ({ chunks }) => chunks),
    ...(total > 0 && { percent: percentOf(done, total) }),
  };
}

function percentOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
