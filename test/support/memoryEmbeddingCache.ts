import type { EmbeddingCache } from '../../src/core/ports/models.ts';

/** Forgets nothing. */
export class MemoryEmbeddingCache implements EmbeddingCache {
  readonly stored = new Map<string, Float32Array>();

  recall(embedder: string, texts: readonly string[]): Promise<readonly (Float32Array | undefined)[]> {
    return Promise.resolve(texts.map((text) => this.stored.get(`${embedder} ${text}`)));
  }

  keep(embedder: string, texts: readonly string[], vectors: readonly Float32Array[]): Promise<void> {
    texts.forEach((text, at) => {
      const vector = vectors[at];
      if (vector) this.stored.set(`${embedder} ${text}`, vector);
    });
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
