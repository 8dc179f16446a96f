import type { Segment, SegmentFile } from '../indexing/segment.ts';
import type { ImageReader, ImageWriter } from '../memory/image.ts';
import type { CompletionRequest, Proposal } from '../ports/completionSource.ts';
import { suggestEdit } from '../text/suggestedEdit.ts';
import { BufferCache } from './bufferCache.ts';
import { cursorSite, type CursorSite } from './cursorSite.ts';
import { DEFAULT_THRESHOLD } from './gateWeights.ts';
import { lineCandidates } from './lineCandidates.ts';
import { localitiesOf } from './localities.ts';
import { MatchSearch, type Match } from './matchSearch.ts';
import { ratedProposal, type RatedProposal } from './ratedProposal.ts';
import { isQuietSite } from './restraint.ts';
import { answerWithSelection, withSelection } from './selection.ts';
import { surroundingsOf } from './surroundings.ts';
import { textWindow } from './textWindow.ts';
import { TokenCorpus } from './tokenCorpus.ts';
import { TokenSpace } from './tokenSpace.ts';
import { votersAmong } from './voters.ts';

export interface WorkspaceModelOptions {
  /** The least confidence of what is shown, 0…1. */
  readonly threshold?: number;
}

/**
 * Completes lines with text that follows similar places in the workspace and in the live buffer. Needs no neural
 * model: places whose left context reads like the cursor's vote with the rest of their lines, and a logistic gate
 * says how probable the winner is.
 */
export class WorkspaceModel {
  readonly #corpus: TokenCorpus;
  readonly #buffers: BufferCache;
  readonly #threshold: number;

  /** Empty, or as it was when the image was made. */
  constructor(options: WorkspaceModelOptions = {}, image?: ImageReader) {
    this.#corpus = new TokenCorpus(image);
    this.#buffers = new BufferCache(this.#corpus.vocabulary);
    this.#threshold = options.threshold ?? DEFAULT_THRESHOLD;
  }

  /** Writes what the workspace has taught it, nothing of live buffers. Nothing may change until the image is written. */
  saveInSteps(image: ImageWriter): Generator<void> {
    return this.#corpus.saveInSteps(image);
  }

  /** Reads what of a restored model is not in memory yet. */
  fetchInSteps(): Generator<void> {
    return this.#corpus.fetchInSteps();
  }

  /** Adds a file of a segment, in place of its earlier version. */
  addFile(segment: Segment, file: SegmentFile): void {
    this.#corpus.addFile(segment, file);
  }

  /** The same in steps; in between the earlier version is there. A change in between first ends what is under way. */
  addFileInSteps(segment: Segment, file: SegmentFile): Generator<void> {
    return this.#corpus.addFileInSteps(segment, file);
  }

  /** False when the file was not there. */
  removeFile(path: string): boolean {
    return this.#corpus.removeFile(path);
  }

  /** The same in steps, the first of which makes that the file is gone. */
  removeFileInSteps(path: string): Generator<void> {
    return this.#corpus.removeFileInSteps(path);
  }

  get tokenCount(): number {
    return this.#corpus.tokenCount;
  }

  /** The most probable completion; undefined when it does not reach the threshold. */
  complete(request: CompletionRequest): Omit<Proposal, 'provenance'> | undefined {
    const [best] = this.rate(request);
    if (best === undefined || best.confidence < this.#threshold) return undefined;
    const { startOffset, endOffset, text, confidence } = best;
    return { edit: suggestEdit(request.path, request.text, [{ startOffset, endOffset, text }]), confidence };
  }

  /** All proposals, most probable first, without the gate: for evaluations. */
  rate(request: CompletionRequest): RatedProposal[] {
    const { path, text, offset } = withSelection(request);
    if (offset < 0 || offset > text.length || isInsideLineEnding(text, offset)) return [];
    const { vocabulary } = this.#corpus;
    const view = textWindow(text, offset);
    const site = cursorSite(this.#buffers.lex(path, view.text), offset - view.start, vocabulary);
    if (isQuietSite(site)) return [];
    const space = new TokenSpace(this.#corpus, site.tokens);
    const matches = this.#matches(path, site, space, request.selected !== undefined);
    const around = surroundingsOf(site, matches, vocabulary.size);
    return lineCandidates(votersAmong(matches, site, space, path))
      .flatMap((candidate) => ratedProposal(candidate, { site, space, around }) ?? [])
      .flatMap((proposal) => answerWithSelection(request, shifted(proposal, view.start)) ?? [])
      .sort((a, b) => b.confidence - a.confidence);
  }

  #matches(path: string, site: CursorSite, space: TokenSpace, isWordComplete: boolean): Match[] {
    const search = new MatchSearch(space, localitiesOf(path));
    const { partial, cursor } = site;
    const whole = search.find({ end: cursor - 1, isPartial: false, accepts: () => true });
    if (partial === '' || isWordComplete) return whole;
    const { vocabulary } = this.#corpus;
    const accepts = (word: number): boolean => {
      const text = vocabulary.textOf(word);
      return text.length > partial.length && text.startsWith(partial);
    };
    return [...whole, ...search.find({ end: cursor - 2, isPartial: true, accepts })];
  }
}

function shifted(proposal: RatedProposal, by: number): RatedProposal {
  const { startOffset, endOffset } = proposal;
  return { ...proposal, startOffset: startOffset + by, endOffset: endOffset + by };
}

function isInsideLineEnding(text: string, offset: number): boolean {
  return text[offset - 1] === '\r' && text[offset] === '\n';
}
