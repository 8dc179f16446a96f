import { SerialQueue } from '../../core/async/serialQueue.ts';
import { createTimeSlice } from '../../core/async/timeSlice.ts';
import type { Segment } from '../../core/indexing/segment.ts';
import { SegmentBuilder } from '../../core/indexing/segmentBuilder.ts';
import type { Chunker } from '../../core/ports/chunker.ts';
import type { Clock, Digest } from '../../core/ports/runtime.ts';
import { drainInSlices } from '../workspace/drainInSlices.ts';

/** What is in memory of the committed index; a part of `IndexReplica`. */
interface LoadedFiles {
  /** Hash of the committed content, `undefined` for a file that is not indexed. */
  hashOf(path: string): string | undefined;
  /**
   * Lets searches see this content of the file, the segment's only one, until the committed content changes. False, and
   * nothing done, when that is no longer what has the hash `committed`.
   */
  overlay(path: string, segment: Segment, committed: string): Promise<boolean>;
  /** Lets searches see the committed content again. */
  restore(path: string): Promise<void>;
}

interface UnsavedFilesParts {
  readonly loaded: LoadedFiles;
  /** Open editors of the folder: path → text. */
  readonly buffers: () => Iterable<readonly [path: string, text: string]>;
  readonly hash: Digest;
  readonly chunker: Chunker;
  readonly clock: Pick<Clock, 'setTimer'>;
  /** Called before anything is done with a text, and again after each pause. */
  readonly onBegin?: (path: string) => void;
  /** Gives, for one buffer, what is called between the steps of looking at it; `createTimeSlice` when absent. */
  readonly createPause?: () => () => Promise<void>;
}

/** A buffer is looked at when nobody has typed in any for so long, ms. */
const QUIET_MS = 250;

/** Of a longer text, cutting it into chunks alone might hold up completions, and so might a single line of it. */
const MAX_LENGTH = 200_000;

/** The state of a buffer when it was compared with the index. */
interface Compared {
  readonly text: string;
  readonly committed: string | undefined;
}

/**
 * Lets searches find what is only in editors so far: the text of a buffer that differs from the committed content stands
 * in for it in the lexical index. Only files that are indexed are looked at, so nothing gets in that rules keep out.
 */
export class UnsavedFiles {
  readonly #parts: UnsavedFilesParts;
  readonly #compared = new Map<string, Compared>();
  /** Path → hash of the committed content that it stands in for. */
  readonly #overlaid = new Map<string, string>();
  readonly #encoder = new TextEncoder();
  /** A store that cannot be read shows itself to whoever follows it. */
  readonly #whenQuiet: Debounce;
  readonly #updates = new SerialQueue();

  constructor(parts: UnsavedFilesParts) {
    this.#parts = parts;
    this.#whenQuiet = new Debounce(parts.clock, QUIET_MS, () => this.update());
  }

  /** Whether searches see unsaved text of this file, whose chunks then are not those that vectors were made of. */
  has(path: string): boolean {
    return this.#overlaid.has(path);
  }

  /** A buffer was opened, changed or closed: looked at in a moment. */
  changed(): void {
    this.#whenQuiet.later();
  }

  /** Brings searches in step with the buffers, now. Also to be called whenever the committed content has changed. */
  update(): Promise<void> {
    return this.#updates.run(() => this.#update());
  }

  dispose(): void {
    this.#whenQuiet.dispose();
  }

  async #update(): Promise<void> {
    const { loaded, buffers } = this.#parts;
    const open = new Map(buffers());
    for (const [path, committed] of this.#overlaid) {
      // Loading the file anew has replaced what stood in for it.
      if (loaded.hashOf(path) === committed) continue;
      this.#overlaid.delete(path);
      this.#compared.delete(path);
    }
    for (const [path, text] of open) {
      const compared = this.#compared.get(path);
      const committed = loaded.hashOf(path);
      if (compared?.text === text && compared.committed === committed) continue;
      this.#compared.set(path, { text, committed });
      await this.#compare(path, text, committed);
    }
    for (const path of [...this.#compared.keys()]) {
      if (open.has(path)) continue;
      this.#compared.delete(path);
      await this.#restore(path);
    }
  }

  async #compare(path: string, text: string, committed: string | undefined): Promise<void> {
    if (committed === undefined) return;
    const { chunker, loaded, createPause = createTimeSlice, onBegin } = this.#parts;
    onBegin?.(path);
    if (text.length > MAX_LENGTH || this.#hash(text) === committed) {
      await this.#restore(path);
      return;
    }
    const rest = createPause();
    const pause = async () => {
      await rest();
      onBegin?.(path);
    };
    const spans = chunker.chunk(path, text);
    await pause();
    const builder = new SegmentBuilder();
    await drainInSlices(builder.addTextIncrementally(path, text, spans), pause);
    this.#overlaid.set(path, committed);
    if (await loaded.overlay(path, builder.build(), committed)) return;
    // Loading the file anew has left nothing that stood in for it.
    this.#overlaid.delete(path);
    this.#compared.delete(path);
  }

  async #restore(path: string): Promise<void> {
    if (this.#overlaid.delete(path)) await this.#parts.loaded.restore(path);
  }

  #hash(text: string): string {
    return this.#parts.hash(this.#encoder.encode(text));
  }
}

/** Does something once nothing has asked for it again for a while. */
export class Debounce {
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #delayMs: number;
  readonly #work: () => Promise<unknown>;
  #cancelTimer: (() => void) | undefined;

  /** What `work` rejects with is nobody's concern: it has to report its failures itself. */
  constructor(clock: Pick<Clock, 'setTimer'>, delayMs: number, work: () => Promise<unknown>) {
    this.#clock = clock;
    this.#delayMs = delayMs;
    this.#work = work;
  }

  /** To be called by whatever asks for it. */
  later(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.setTimer(() => void this.#work().catch(() => undefined), this.#delayMs);
  }

  dispose(): void {
    this.#cancelTimer?.();
  }
}
