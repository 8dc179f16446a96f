import type { Segment, SegmentFile } from '../indexing/segment.ts';
import type { ImageReader, ImageWriter } from '../memory/image.ts';
import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import type { Clock } from '../ports/runtime.ts';
import { settingsDigest } from '../shared/provenance.ts';
import { suggestEdit } from '../text/textEdit.ts';
import { DEFAULT_THRESHOLD } from './confidenceGate.ts';
import { cursorSite, type CursorSite, TokenSpace } from './cursorSite.ts';
import { BufferCache } from './lexedBuffer.ts';
import { lineCandidates } from './lineCandidates.ts';
import { localitiesOf, type Match, MatchSearch } from './matchSearch.ts';
import { ratedEdit, type RatedEdit } from './ratedEdit.ts';
import { answerWithSelection, withSelection } from './selection.ts';
import { isInsideWord } from './suppression.ts';
import { surroundingsOf } from './surroundings.ts';
import { textWindow } from './textWindow.ts';
import { TokenCorpus } from './tokenCorpus.ts';
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
  saveIncrementally(image: ImageWriter): Generator<void> {
    return this.#corpus.saveIncrementally(image);
  }

  /** Reads what of a restored model is not in memory yet. */
  fetchIncrementally(): Generator<void> {
    return this.#corpus.fetchIncrementally();
  }

  /** Adds a file of a segment, in place of its earlier version. */
  addFile(segment: Segment, file: SegmentFile): void {
    this.#corpus.addFile(segment, file);
  }

  /** The same in steps; in between the earlier version is there. A change in between first ends what is under way. */
  addFileIncrementally(segment: Segment, file: SegmentFile): Generator<void> {
    return this.#corpus.addFileIncrementally(segment, file);
  }

  /** False when the file was not there. */
  removeFile(path: string): boolean {
    return this.#corpus.removeFile(path);
  }

  /** The same in steps, the first of which makes that the file is gone. */
  removeFileIncrementally(path: string): Generator<void> {
    return this.#corpus.removeFileIncrementally(path);
  }

  /** Bytes of its tables, by what they are for. */
  get heldBytes(): TokenCorpus['heldBytes'] {
    return this.#corpus.heldBytes;
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
  rate(request: CompletionRequest): RatedEdit[] {
    const { path, text, offset } = withSelection(request);
    if (offset < 0 || offset > text.length || isInsideLineEnding(text, offset)) return [];
    const { vocabulary } = this.#corpus;
    const view = textWindow(text, offset);
    const site = cursorSite(this.#buffers.lex(path, view.text), offset - view.start, vocabulary);
    if (isInsideWord(site)) return [];
    const space = new TokenSpace(this.#corpus, site.tokens);
    const matches = this.#matches(path, site, space, request.selected !== undefined);
    const around = surroundingsOf(site, matches, vocabulary.size);
    return lineCandidates(votersAmong(matches, site, space, path))
      .flatMap((candidate) => ratedEdit(candidate, { site, space, around }) ?? [])
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

function shifted(proposal: RatedEdit, by: number): RatedEdit {
  const { startOffset, endOffset } = proposal;
  return { ...proposal, startOffset: startOffset + by, endOffset: endOffset + by };
}

function isInsideLineEnding(text: string, offset: number): boolean {
  return text[offset - 1] === '\r' && text[offset] === '\n';
}

const SETTINGS = settingsDigest({ 'workspace-model.threshold': DEFAULT_THRESHOLD });

/**
 * The workspace model as a source: one proposal, made in a few milliseconds without a pause, or none. `complete` is that
 * of the model that is in memory at the time, with its default threshold.
 */
export function createWorkspaceSource(
  complete: WorkspaceModel['complete'],
  clock: Pick<Clock, 'now'>,
): CompletionSource {
  return {
    id: 'workspace-model',
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is for sources that have to wait
    async *propose(request) {
      const startedAt = clock.now();
      const completion = complete(request);
      if (!completion) return;
      const latencyMs = Math.max(0, clock.now() - startedAt);
      yield { ...completion, provenance: { source: 'workspace-model', settings: SETTINGS, latencyMs } };
    },
  };
}
