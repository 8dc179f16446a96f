import { rm } from 'node:fs/promises';
import type { CaseJournal } from '../../evals/caseJournal.ts';
import { appendLines } from './appendLines.ts';
import { readIfThere } from './readIfThere.ts';

/** Finished cases in a file, a line each: `[key, outcome]`. Whoever is killed in the middle of a line loses that line. */
export class FileJournal implements CaseJournal {
  readonly #file: string;
  readonly #outcomes: Map<string, unknown>;

  constructor(file: string, outcomes: Map<string, unknown>) {
    this.#file = file;
    this.#outcomes = outcomes;
  }

  static async open(file: string): Promise<FileJournal> {
    return new FileJournal(file, new Map((await readIfThere(file)).split('\n').flatMap(readLine)));
  }

  find(key: string): unknown {
    return this.#outcomes.get(key);
  }

  async add(key: string, outcome: unknown): Promise<void> {
    // The line break comes first, so that a torn line of another writer spoils no other.
    await appendLines(this.#file, `\n${JSON.stringify([key, outcome])}`);
    this.#outcomes.set(key, outcome);
  }

  /** Forgets everything, in the file too. */
  async clear(): Promise<void> {
    this.#outcomes.clear();
    await rm(this.#file, { force: true });
  }
}

function readLine(line: string): readonly (readonly [string, unknown])[] {
  try {
    const entry: unknown = JSON.parse(line);
    return Array.isArray(entry) && typeof entry[0] === 'string' ? [[entry[0], entry[1]]] : [];
  } catch {
    return [];
  }
}
