import type { ImagePart, StoredPart } from '../memory/image.ts';

/** Keeps the latest image of what readers of an index hold in memory. It is a cache, and may be gone at any time. */
export interface ImageStore {
  /**
   * Opens the image if it has this identity; `undefined` when there is none, or another one, or what was written is not
   * all there any more.
   */
  open(identity: string): Promise<StoredImage | undefined>;
  /** Replaces the image once all of it is written. Rejects with the signal's reason when cancelled before. */
  write(identity: string, parts: readonly ImagePart[], signal: AbortSignal): Promise<void>;
  /** There is none after this. */
  remove(): Promise<void>;
}

/** An open image. */
export interface StoredImage {
  readonly parts: readonly StoredPart[];
  /** To be called once all pages are read, or nobody wants them any more. */
  close(): Promise<void>;
}
