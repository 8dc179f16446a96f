import { Language } from 'web-tree-sitter';
import type { Logger } from '../../core/ports/runtime.ts';
import { grammarFile } from './grammars.ts';

/** Loads grammars when they are first asked for. One that cannot be loaded is reported once and given up. */
export class GrammarLoader {
  readonly #readFile: (name: string) => Uint8Array;
  readonly #log: Logger;
  readonly #grammars = new Map<string, Language | undefined>();

  /** @param readFile bytes of a file of the grammar set; throws when it is not there */
  constructor(readFile: (name: string) => Uint8Array, log: Logger) {
    this.#readFile = readFile;
    this.#log = log;
  }

  get(grammar: string): Language | undefined {
    if (!this.#grammars.has(grammar)) this.#grammars.set(grammar, this.#load(grammar));
    return this.#grammars.get(grammar);
  }

  /** From now on the grammar is not there. */
  giveUp(grammar: string, reason: unknown): void {
    this.#grammars.set(grammar, undefined);
    this.#log.warn(`Files are cut without the ${grammar} grammar: it failed.`, reason);
  }

  #load(grammar: string): Language | undefined {
    try {
      return Language.loadSync(new WebAssembly.Module(this.#readFile(grammarFile(grammar))));
    } catch (error) {
      this.giveUp(grammar, error);
      return undefined;
    }
  }
}
