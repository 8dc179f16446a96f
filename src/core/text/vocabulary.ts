import type { Words } from './words.ts';

/** The words of a few files: short-lived, and quick to give their texts. */
export class Vocabulary implements Words {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = ['\n'];
  /** Ids by character code of the single signs that half of all tokens are: faster than the map. 0 is none. */
  readonly #signs = new Uint32Array(128);

  intern(text: string): number {
    if (text.length !== 1) return this.#intern(text);
    const code = text.charCodeAt(0);
    return code < 128 ? (this.#signs[code] ||= this.#intern(text)) : this.#intern(text);
  }

  find(text: string): number | undefined {
    return this.#ids.get(text);
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  get size(): number {
    return this.#texts.length;
  }

  /** All texts in id order, from id 1. */
  texts(): readonly string[] {
    return this.#texts.slice(1);
  }

  #intern(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      const own = ownCopy(text);
      this.#ids.set(own, id);
      this.#texts.push(own);
    }
    return id;
  }
}

/**
 * V8 makes a slice of 13 characters or more a view that keeps the whole sliced text in memory, here possibly for the
 * life of the process. The slice below is a view too, but of a new string of the word's own size.
 */
function ownCopy(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
