import type { OriginalFile } from './scaledWorkspace.ts';

const NAMES = /[A-Za-z_$][\w$]{2,}/g;

/** What the files of a workspace hold, gathered as they go by. */
export class WorkspaceContents {
  readonly names = new Set<string>();
  #bytes = 0;

  get megabytes(): number {
    return this.#bytes / 1e6;
  }

  *counting(files: Iterable<OriginalFile>): Generator<OriginalFile> {
    for (const file of files) {
      this.#bytes += Buffer.byteLength(file.text);
      for (const name of file.text.match(NAMES) ?? []) this.names.add(name);
      yield file;
    }
  }
}
