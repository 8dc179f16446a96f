import type { ReadLive } from '../grounding/checkCitations.ts';
import { SourceText } from '../retrieval/sourceText.ts';

/** Reads and lexes each live file once. */
export class LiveSources {
  readonly #readLive: ReadLive;
  readonly #sources = new Map<string, Promise<SourceText | undefined>>();

  constructor(readLive: ReadLive) {
    this.#readLive = readLive;
  }

  /** `undefined` for a file that is gone. */
  async get(path: string): Promise<SourceText | undefined> {
    let source = this.#sources.get(path);
    if (source === undefined) {
      source = this.#readLive(path).then((text) =>
        text === undefined ? undefined : new SourceText(path, text),
      );
      this.#sources.set(path, source);
    }
    return await source;
  }
}
