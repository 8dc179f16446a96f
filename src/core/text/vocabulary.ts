import type { Interner } from './lexer.ts';

/** A growing two-way table of token texts. Ids are dense, start at 1 and never change; 0 is the line break. */
export class Vocabulary implements Interner {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = ['\n'];

  intern(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#ids.set(text, id);
      this.#texts.push(text);
    }
    return id;
  }

  /** The id of a text seen before, else undefined. */
  find(text: string): number | undefined {
    return this.#ids.get(text);
  }

  /** The text of an id; the empty string for an id never given out. */
  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** One more than the largest id given out. */
  get size(): number {
    return this.#texts.length;
  }

  /** All texts in id order, from id 1. */
  texts(): readonly string[] {
    return this.#texts.slice(1);
  }
}
