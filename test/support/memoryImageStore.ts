import type { ImagePart, StoredPart } from '../../src/core/memory/image.ts';
import type { ImageStore, StoredImage } from '../../src/core/ports/imageStore.ts';
import { storedParts } from './throughImage.ts';

/** An image store without a disk, whose image can be looked at and spoiled. */
export class MemoryImageStore implements ImageStore {
  parts: readonly StoredPart[] | undefined;
  identity = '';
  writes = 0;
  opened = 0;
  closed = 0;
  /** Called before an image is written. */
  beforeWrite: () => Promise<void> = () => Promise.resolve();

  open(identity: string): Promise<StoredImage | undefined> {
    if (this.parts === undefined || identity !== this.identity) return Promise.resolve(undefined);
    this.opened++;
    const close = () => {
      this.closed++;
      return Promise.resolve();
    };
    return Promise.resolve({ parts: this.parts, close });
  }

  async write(identity: string, parts: readonly ImagePart[], signal: AbortSignal): Promise<void> {
    await this.beforeWrite();
    signal.throwIfAborted();
    this.parts = storedParts(parts);
    this.identity = identity;
    this.writes++;
  }

  remove(): Promise<void> {
    this.parts = undefined;
    return Promise.resolve();
  }
}
