import type { SkipReason } from '../core/indexing/records.ts';
import type { IndexStatus } from '../protocol/engine.ts';

/** The state of all folders of the window as one: what the status item, the chat view and the commands go by. */
export type IndexOverview =
  | { readonly state: 'noFolder' }
  | { readonly state: 'starting' }
  | { readonly state: 'scanning'; readonly found: number }
  | { readonly state: 'indexing'; readonly done: number; readonly total: number }
  | {
      readonly state: 'ready';
      readonly files: number;
      readonly chunks: number;
      readonly skipped: ReadonlyMap<SkipReason, number>;
    }
  | { readonly state: 'empty' }
  | { readonly state: 'failed'; readonly message: string };

type Ready = Extract<IndexStatus, { state: 'ready' }>;

/**
 * One status a folder, `undefined` for a folder not heard of yet. A failure outranks work in progress, work in
 * progress outranks what is finished, and one folder with an index makes the whole ready.
 */
export function indexOverview(statuses: readonly (IndexStatus | undefined)[]): IndexOverview {
  if (statuses.length === 0) return { state: 'noFolder' };
  const known = statuses.filter((status) => status !== undefined);
  const failed = known.find((status) => status.state === 'failed');
  if (failed) return failed;
  const indexing = known.filter((status) => status.state === 'indexing');
  if (indexing.length > 0) {
    return {
      state: 'indexing',
      done: sum(indexing, ({ done }) => done),
      total: sum(indexing, ({ total }) => total),
    };
  }
  const scanning = known.filter((status) => status.state === 'scanning');
  if (scanning.length > 0) return { state: 'scanning', found: sum(scanning, ({ found }) => found) };
  if (known.length < statuses.length) return { state: 'starting' };
  const ready = known.filter((status) => status.state === 'ready');
  return ready.length > 0 ? readyOverview(ready) : { state: 'empty' };
}

/** True while files are being looked for or indexed. */
export function isBusy(overview: IndexOverview): boolean {
  return overview.state === 'scanning' || overview.state === 'indexing';
}

function readyOverview(ready: readonly Ready[]): IndexOverview {
  const skipped = new Map<SkipReason, number>();
  for (const { reason } of ready.flatMap((status) => status.skipped)) {
    skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  }
  return {
    state: 'ready',
    files: sum(ready, ({ files }) => files),
    chunks: sum(ready, ({ chunks }) => chunks),
    skipped,
  };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
