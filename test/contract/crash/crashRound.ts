/** What a process is busy with when it is killed. */
export const WORKS = ['first index', 'update', 'compaction', 'clear', 'embedder change', 'ledger'] as const;

export type CrashWork = (typeof WORKS)[number];

/** One life of the process that is killed. */
export interface CrashRound {
  /** Absolute paths of the indexed folder, its store and the ledger. */
  readonly root: string;
  readonly directory: string;
  readonly ledger: string;
  /** Records whose `append` has resolved in the lives before; they are numbered from 0. */
  readonly acknowledged: number;
  readonly seed: number;
  /** `none`: end after the checks. */
  readonly work: CrashWork | 'none';
}
