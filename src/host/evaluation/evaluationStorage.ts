import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storedEvaluation } from '../../protocol/storedEvaluation.ts';
import type { FolderEvaluation } from './folderEvaluation.ts';

/** Keeps the last report of a window in a file, so that it is still there after a reload. */
export class EvaluationStorage {
  readonly #file: string | undefined;

  /** Without a file, which is what a window without a folder has, nothing is kept. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  async holdsOne(): Promise<boolean> {
    if (this.#file === undefined) return false;
    return access(this.#file).then(
      () => true,
      () => false,
    );
  }

  /** `undefined` when there is none, or one that another version wrote in another form. */
  async load(): Promise<FolderEvaluation | undefined> {
    if (this.#file === undefined) return undefined;
    try {
      return storedEvaluation.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return undefined;
    }
  }

  async save(evaluation: FolderEvaluation): Promise<void> {
    if (this.#file === undefined) return;
    const temporary = `${this.#file}.tmp`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(temporary, JSON.stringify({ format: 1, ...evaluation }), { mode: 0o600 });
    await rename(temporary, this.#file);
  }
}
