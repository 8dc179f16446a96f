import type { Interner } from './lexer.ts';

/** A growing two-way table of token texts. Ids are dense, start at 1 and never change; 0 is the line break. */
export interface Words extends Interner {
  /** The id of a text seen before, else undefined. */
  find(text: string): number | undefined;
  /** The text of an id; the empty string for an id never given out. */
  textOf(id: number): string;
  /** One more than the largest id given out. */
  readonly size: number;
}
