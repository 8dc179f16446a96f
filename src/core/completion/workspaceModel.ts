import type { Segment, SegmentFile } from '../indexing/segment.ts';
import type { ImageReader, ImageWriter } from '../memory/image.ts';
import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import type { Clock } from '../ports/runtime.ts';
import { settingsDigest } from '../shared/provenance.ts';
import { suggestEdit, type TextEdit } from '../text/textEdit.ts';
import { continuationTree } from './continuations.ts';
import { cursorSite, type CursorSite, TokenSpace } from './cursorSite.ts';
import { BufferCache } from './lexedBuffer.ts';
import { type GateFeatures, gateFeatures } from './gateFeatures.ts';
import { localitiesOf, type Match, MatchSearch } from './matchSearch.ts';
import { nearbyWords } from './nearbyWords.ts';
import {
  type Continuations,
  DEFAULT_THRESHOLD,
  lineEditOf,
  type RatedEdit,
  surePart,
  wholeLines,
} from './offer.ts';
import { answerWithSelection, withSelection } from './selection.ts';
import { isInsideWord } from './suppression.ts';
import { surroundingsOf } from './surroundings.ts';
import { textWindow } from './textWindow.ts';
import { TokenCorpus } from './tokenCorpus.ts';
import { votersAmong } from './voters.ts';
import { WordTexts } from './wordTexts.ts';

export interface WorkspaceModelOptions {
  /** The least confidence of what is shown, 0…1. */
  readonly threshold?: number;
}

/** What could be shown at a place, as the gate sees it. */
interface DescribedEdit {
  readonly edit: TextEdit;
  readonly features: GateFeatures;
}

/**
 * Completes lines with text that follows similar places in the workspace and in the live buffer. Needs no neural
 * model: places whose left context reads like the cursor's vote with the rest of their lines, and a gate
 * says how probably the text goes on so, and how far that is sure.
 */
export class WorkspaceModel {
  readonly #corpus: TokenCorpus;
  readonly #buffers: BufferCache;
  readonly #texts: WordTexts;
  readonly #threshold: number;

  /** Empty, or as it was when the image was made. */
  constructor(options: WorkspaceModelOptions = {}, image?: ImageReader) {
    this.#corpus = new TokenCorpus(image);
    this.#buffers = new BufferCache(this.#corpus.vocabulary);
    this.#texts = new WordTexts(this.#corpus.vocabulary);
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

  /** What is worth showing: of all continuations the part that is sure. Undefined when none is sure enough. */
  complete(request: CompletionRequest): Omit<Proposal, 'provenance'> | undefined {
    const found = this.#look(request);
    const part = found && surePart(found, this.#threshold);
    const edit = part && answerWithSelection(request, shifted(part, found.start));
    if (!edit) return undefined;
    const { startOffset, endOffset, text, confidence } = edit;
    return { edit: suggestEdit(request.path, request.text, [{ startOffset, endOffset, text }]), confidence };
  }

  /** Whole rests of the line, most probable first, whatever their confidence: for evaluations. */
  rate(request: CompletionRequest): RatedEdit[] {
    const found = this.#look(request);
    if (!found) return [];
    return wholeLines(found).flatMap(
      (edit) => answerWithSelection(request, shifted(edit, found.start)) ?? [],
    );
  }

  /** All that is chosen from, as the gate sees it: to fit the gate. */
  describe(request: CompletionRequest): readonly DescribedEdit[] {
    const found = this.#look(request);
    if (!found) return [];
    return found.continuations.map((each) => ({
      edit: shifted(lineEditOf(each, found.site), found.start),
      features: each.features,
    }));
  }

  #look(request: CompletionRequest): (Continuations & { readonly start: number }) | undefined {
    const { path, text, offset } = withSelection(request);
    if (offset < 0 || offset > text.length || isInsideLineEnding(text, offset)) return undefined;
    const { vocabulary, kinds } = this.#corpus;
    const view = textWindow(text, offset);
    const site = cursorSite(this.#buffers.lex(path, view.text), offset - view.start, vocabulary);
    if (isInsideWord(site)) return undefined;
    const space = new TokenSpace(this.#corpus, site.tokens);
    const isWordComplete = request.selected !== undefined;
    const matches = this.#matches(path, site, space, isWordComplete);
    const around = surroundingsOf(site, matches, vocabulary.size);
    const nearby = isWordComplete ? [] : nearbyWords(site, this.#texts);
    const tree = continuationTree(votersAmong(matches, site, space, path), nearby, site, this.#texts);
    const scene = { site, around, kinds, totalWeight: tree.totalWeight };
    return {
      site,
      space,
      start: view.start,
      totalWeight: tree.totalWeight,
      continuations: tree.continuations.map((each, rank) => ({
        ...each,
        features: gateFeatures(each, rank, scene),
      })),
    };
  }

  #matches(path: string, site: CursorSite, space: TokenSpace, isWordComplete: boolean): Match[] {
    const search = new MatchSearch(space, localitiesOf(path));
    const { partial, cursor } = site;
    const whole = search.find({ end: cursor - 1, isPartial: false, accepts: () => true });
    if (partial === '' || isWordComplete) return whole;
    const accepts = (word: number): boolean => {
      const text = this.#texts.textOf(word);
      return text.length > partial.length && text.startsWith(partial);
    };
    return [...whole, ...search.find({ end: cursor - 2, isPartial: true, accepts })];
  }
}

function shifted<Edit extends TextEdit>(edit: Edit, by: number): Edit {
  return { ...edit, startOffset: edit.startOffset + by, endOffset: edit.endOffset + by };
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
