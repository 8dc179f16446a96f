import type { Segment, SegmentFile } from '../indexing/segment.ts';
import { gapOf, packToken, wordOf, type Token } from '../text/lexer.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import { anchorHash, BOUNDARY } from './anchor.ts';
import { GrowingUint32 } from './growingUint32.ts';
import { SegmentWords } from './segmentWords.ts';
import { WordKinds } from './wordKinds.ts';

/** One version of a file in the corpus: the half-open range of its positions. */
export interface CorpusFile {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

interface Entry extends CorpusFile {
  isAlive: boolean;
}

/** Files begin at multiples of this, so that the file of a position is one look-up. */
const SLOT_BITS = 6;
const SLOT_SIZE = 1 << SLOT_BITS;
const HEAD_BITS = 20;
const HEAD_MASK = (1 << HEAD_BITS) - 1;
const BOUNDARY_TOKEN = packToken(BOUNDARY, 0);

/** Below this many dead tokens cleaning is not worth the moving. */
const TOLERATED_DEAD = 1 << 16;

/**
 * The workspace's token streams in one growing log, with a chain of positions for every anchor (see `anchorHash`);
 * about 9 bytes a token. A removed file stays in the log as dead tokens. When a third of the log is dead, every
 * change moves some of the oldest files to the end and the emptied beginning is freed, so that cleaning never
 * takes longer than a small multiple of the change itself.
 */
export class TokenCorpus {
  readonly vocabulary = new Vocabulary();
  readonly kinds = new WordKinds(this.vocabulary);
  readonly #tokens = new GrowingUint32();
  /** Position → the next older position with the same anchor hash, 0 for none. */
  readonly #older = new GrowingUint32();
  /** Slot → number of its file. */
  readonly #fileOfSlot = new GrowingUint32();
  /** Anchor hash → the newest position. */
  readonly #newest = new Uint32Array(1 << HEAD_BITS);
  /** By number, in the order of the log; number 0 owns the padding before the first file. */
  readonly #files: (Entry | undefined)[] = [undefined];
  readonly #numbers = new Map<string, number>();
  readonly #segmentWords = new SegmentWords(this.vocabulary);
  #live = 0;
  #dead = 0;
  /** The oldest file not yet freed. */
  #oldest = 1;
  /** Positions below are freed. */
  #floor = 0;

  constructor() {
    this.#padToSlot(0);
  }

  /** Tokens of all files present. */
  get tokenCount(): number {
    return this.#live;
  }

  get fileCount(): number {
    return this.#numbers.size;
  }

  /** Bytes held by the arrays; the vocabulary's texts are extra. */
  get heldBytes(): number {
    const lists = [this.#tokens, this.#older, this.#fileOfSlot];
    return lists.reduce((bytes, list) => bytes + list.heldBytes, this.#newest.byteLength);
  }

  /** Adds a file, in place of its earlier version if there is one. */
  addFile(segment: Segment, file: SegmentFile): void {
    this.#kill(file.path);
    const globalId = this.#segmentWords.of(segment);
    this.#append(file.path, file.tokenEnd - file.tokenStart, (index) => {
      const token = segment.tokens[file.tokenStart + index] ?? 0;
      return packToken(globalId(wordOf(token)), gapOf(token));
    });
    this.#clean(2 * (file.tokenEnd - file.tokenStart));
  }

  /** False when there is no such file. */
  removeFile(path: string): boolean {
    const removed = this.#kill(path);
    this.#clean(2 * removed);
    return removed > 0;
  }

  tokenAt(position: number): Token {
    return this.#tokens.at(position);
  }

  wordAt(position: number): number {
    return wordOf(this.#tokens.at(position));
  }

  /** The file that holds a position; undefined when that version is gone. */
  fileAt(position: number): CorpusFile | undefined {
    const file = this.#files[this.#fileOfSlot.at(position >>> SLOT_BITS)];
    return file?.isAlive === true ? file : undefined;
  }

  /** The newest position whose anchor may have this hash: the position of the anchor's last word. 0 = none. */
  newest(hash: number): number {
    return this.#held(this.#newest[hash & HEAD_MASK] ?? 0);
  }

  /** The next older position in the chain of `position`, 0 at its end. */
  older(position: number): number {
    return this.#held(this.#older.at(position));
  }

  #held(position: number): number {
    return position < this.#floor ? 0 : position;
  }

  #append(path: string, count: number, tokenOf: (index: number) => Token): void {
    const start = this.#tokens.length;
    const number = this.#files.push({ path, start, end: start + count, isAlive: true }) - 1;
    this.#numbers.set(path, number);
    this.#live += count;
    for (let index = 0; index < count; index++) {
      this.#tokens.push(tokenOf(index));
      const head = anchorHash(this, start + index, this.kinds) & HEAD_MASK;
      this.#older.push(this.#newest[head] ?? 0);
      this.#newest[head] = start + index;
    }
    this.#padToSlot(number);
  }

  /** At least one boundary token follows every file. */
  #padToSlot(number: number): void {
    do {
      this.#tokens.push(BOUNDARY_TOKEN);
      this.#older.push(0);
    } while (this.#tokens.length % SLOT_SIZE !== 0);
    while (this.#fileOfSlot.length * SLOT_SIZE < this.#tokens.length) this.#fileOfSlot.push(number);
  }

  /** The number of tokens that died. */
  #kill(path: string): number {
    const file = this.#files[this.#numbers.get(path) ?? 0];
    if (file === undefined) return 0;
    file.isAlive = false;
    this.#numbers.delete(path);
    const count = file.end - file.start;
    this.#live -= count;
    this.#dead += count;
    return count;
  }

  /** Moves about `budget` tokens of the oldest files to the end while too much of the log is dead. */
  #clean(budget: number): void {
    let moved = 0;
    while (moved < budget && this.#dead > TOLERATED_DEAD && this.#dead > this.#live / 2) {
      const file = this.#files[this.#oldest];
      if (file === undefined) return;
      if (file.isAlive) {
        moved += this.#kill(file.path);
        this.#append(file.path, file.end - file.start, (index) => this.#tokens.at(file.start + index));
      }
      this.#dead -= file.end - file.start;
      this.#files[this.#oldest++] = undefined;
      this.#free(this.#files[this.#oldest]?.start ?? this.#tokens.length);
    }
  }

  #free(floor: number): void {
    this.#floor = floor;
    this.#tokens.dropBelow(floor);
    this.#older.dropBelow(floor);
    this.#fileOfSlot.dropBelow(floor >>> SLOT_BITS);
  }
}
