import { cursorSite, type CursorSite, TokenSpace } from '../../core/completion/cursorSite.ts';
import { BufferCache } from '../../core/completion/lexedBuffer.ts';
import { localitiesOf, type Match, MatchSearch } from '../../core/completion/matchSearch.ts';
import { lineTextOf } from '../../core/completion/lineText.ts';
import { textWindow } from '../../core/completion/textWindow.ts';
import { TokenCorpus } from '../../core/completion/tokenCorpus.ts';
import type { Segment, SegmentFile } from '../../core/indexing/segment.ts';
import type { CompletionRequest } from '../../core/ports/completionSource.ts';

const MAX_TOKENS = 64;
const FULL_SCORE_LETTERS = 6;

/**
 * Plain longest match: finds the place in the workspace whose tokens agree longest, leftwards, with those before the
 * cursor, and copies the rest of its line. Of equally long matches the nearest wins: this file, this folder, this kind
 * of file, anywhere. The lookup of the Lempel-Ziv family and of prompt-lookup decoding (Saxena 2023), taken to lines.
 */
export class LongestMatch implements CompletionBaseline {
  readonly #corpus = new TokenCorpus();
  readonly #buffers = new BufferCache(this.#corpus.vocabulary);
  readonly #reach: 'workspace' | 'file';

  /** With `file` only the file that is being edited is searched. */
  constructor(reach: 'workspace' | 'file') {
    this.#reach = reach;
  }

  addFile(segment: Segment, file: SegmentFile): void {
    if (this.#reach === 'workspace') this.#corpus.addFile(segment, file);
  }

  guess({ path, text, offset }: CompletionRequest): Guess | undefined {
    const { vocabulary } = this.#corpus;
    const view = textWindow(text, offset);
    const site = cursorSite(this.#buffers.lex(path, view.text), offset - view.start, vocabulary);
    const space = new TokenSpace(this.#corpus, site.tokens);
    const matches = this.#matches(path, site, space);
    const best = longest(matches.filter(({ next }) => space.restOfLine(next, 1).length > 0));
    if (!best) return undefined;
    const tokens = space.restOfLine(best.next, MAX_TOKENS);
    const copied = lineTextOf({ tokens, isPartial: best.isPartial }, site, (word) => vocabulary.textOf(word));
    return { text: copied, features: featuresOf(best, matches, copied, tokens.length, site) };
  }

  #matches(path: string, { cursor, partial }: CursorSite, space: TokenSpace): readonly Match[] {
    const { vocabulary } = this.#corpus;
    const search = new MatchSearch(space, localitiesOf(path));
    const whole = search.find({ end: cursor - 1, isPartial: false, accepts: () => true });
    if (partial === '') return whole;
    const accepts = (word: number): boolean => {
      const text = vocabulary.textOf(word);
      return text.length > partial.length && text.startsWith(partial);
    };
    return [...whole, ...search.find({ end: cursor - 2, isPartial: true, accepts })];
  }
}

function longest(matches: readonly Match[]): Match | undefined {
  let best: Match | undefined;
  for (const match of matches) if (!best || rankOf(match) > rankOf(best)) best = match;
  return best;
}

/** The letters typed of a word are half a match more. */
function rankOf({ exact, isPartial, locality }: Match): number {
  return exact + (isPartial ? 0.5 : 0) + locality / 10;
}

function featuresOf(
  best: Match,
  matches: readonly Match[],
  text: string,
  tokens: number,
  { partial, isBlankPrefix }: CursorSite,
): readonly number[] {
  const alike = matches.filter(
    ({ exact, isPartial }) => exact === best.exact && isPartial === best.isPartial,
  );
  return [
    1,
    best.exact / 10,
    Math.log(1 + best.exact),
    Number(best.locality === 3),
    Number(best.locality === 2),
    Math.log(alike.length),
    Math.log(matches.length),
    Math.log(text.trim().length + 1),
    Math.log(tokens),
    Number(isBlankPrefix),
    Number(best.isPartial),
    best.isPartial ? Math.min(partial.length, FULL_SCORE_LETTERS) / FULL_SCORE_LETTERS : 0,
  ];
}

/** What a simple method would put at the cursor. */
export interface Guess {
  readonly text: string;
  /** What a gate may judge the guess by; of one length for all guesses of a method, the first always 1. */
  readonly features: readonly number[];
}

/** A simple method to complete lines, to compare a model with. */
export interface CompletionBaseline {
  /** Learns from a file of the workspace. */
  addFile(segment: Segment, file: SegmentFile): void;
  /** `undefined` when the method has nothing to offer. */
  guess(request: CompletionRequest): Guess | undefined;
}
