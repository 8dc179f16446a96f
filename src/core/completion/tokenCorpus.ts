import { runToCompletion, ExclusiveTask } from '../async/incremental.ts';
import type { Segment, SegmentFile } from '../indexing/segment.ts';
import { CodedUint32 } from '../memory/codedUint32.ts';
import { assertImage, type ImageReader, type ImageWriter } from '../memory/image.ts';
import { gapOf, LINE_BREAK, packToken, type Token, wordOf } from '../text/lexer.ts';
import { PackedVocabulary } from '../text/packedVocabulary.ts';
import type { Words } from '../text/words.ts';
import { anchorHash, BOUNDARY } from './anchor.ts';
import { type AnchorChain, AnchorChains } from './anchorChains.ts';
import { type CorpusEntry, type CorpusFile, restoreCorpusFiles, saveCorpusFiles } from './corpusFile.ts';
import { WordKinds } from './wordKinds.ts';

/** Files begin at multiples of this, so that the file of a position is one look-up. */
const SLOT_BITS = 6;
const SLOT_SIZE = 1 << SLOT_BITS;
const BOUNDARY_TOKEN = packToken(BOUNDARY, 0);

/** Below this many dead tokens cleaning is not worth the moving. */
const TOLERATED_DEAD = 1 << 16;

/** Tokens added in one step: less than half a millisecond. */
const STEP_TOKENS = 4096;

/**
 * The workspace's token streams in one growing log, with a chain of positions for every anchor (see `anchorHash`);
 * about 4 bytes a token once it is packed, which is done when an image is saved, and 9 before. A removed file stays in the log as dead tokens. When a third of the log is dead, every
 * change moves some of the oldest files to the end and the emptied beginning is freed, so that cleaning never
 * takes longer than a small multiple of the change itself. Changes are done in steps; in between a file is there as a
 * whole, in its earlier version, or not at all. A change that comes in between first ends what is under way.
 */
export class TokenCorpus {
  readonly vocabulary: PackedVocabulary;
  readonly kinds: WordKinds;
  readonly #tokens: CodedUint32;
  readonly #chains: AnchorChains;
  /** Slot → number of its file. */
  readonly #fileOfSlot: CodedUint32;
  /** By number, in the order of the log; number 0 owns the padding before the first file. */
  readonly #files: (CorpusEntry | undefined)[];
  readonly #numbers = new Map<string, number>();
  readonly #segmentWords: SegmentWords;
  readonly #changes = new ExclusiveTask();
  #live: number;
  #dead: number;
  /** The oldest file not yet freed. */
  #oldest: number;
  /** Positions below are freed. */
  #floor: number;

  /** Empty, or as it was when the image was made. */
  constructor(image?: ImageReader) {
    const [live = 0, dead = 0, oldest = 1, floor = 0] = image?.numbers() ?? [];
    this.#live = live;
    this.#dead = dead;
    this.#oldest = oldest;
    this.#floor = floor;
    this.#files = image ? restoreCorpusFiles(image, oldest) : [undefined];
    for (const [number, file] of this.#files.entries())
      if (file?.isAlive) this.#numbers.set(file.path, number);
    this.vocabulary = new PackedVocabulary(image);
    this.kinds = new WordKinds(this.vocabulary);
    this.#segmentWords = new SegmentWords(this.vocabulary);
    this.#tokens = new CodedUint32(image);
    this.#chains = new AnchorChains(image);
    this.#fileOfSlot = new CodedUint32(image);
    if (image === undefined) this.#padToSlot(0);
    else this.#assertSound();
  }

  /** What stands in pages is looked at when it is read. */
  #assertSound(): void {
    const { length } = this.#tokens;
    const last = this.#files.at(-1);
    assertImage(
      this.#chains.length === length &&
        length % SLOT_SIZE === 0 &&
        this.#fileOfSlot.length === length / SLOT_SIZE &&
        this.#floor <= length &&
        this.#tokens.holdsFrom(this.#floor) &&
        this.#fileOfSlot.holdsFrom(this.#floor >>> SLOT_BITS),
      'a log of several lengths',
    );
    assertImage(
      (last?.end ?? 0) < length && this.#floor <= (this.#files[this.#oldest]?.start ?? length),
      'versions beyond the log',
    );
  }

  /** Packs and writes what there is. Nothing may change until the image is written. */
  *saveIncrementally(image: ImageWriter): Generator<void> {
    this.#changes.finish();
    image.numbers(Uint32Array.of(this.#live, this.#dead, this.#oldest, this.#floor));
    saveCorpusFiles(this.#files, image);
    const isUsed = new Uint8Array(this.vocabulary.size);
    for (const file of this.#files) if (file?.isAlive) yield* this.#markWords(file, isUsed);
    yield* this.vocabulary.saveIncrementally(image, (word) => isUsed[word] === 1);
    yield* this.#tokens.packIncrementally();
    yield* this.#fileOfSlot.packIncrementally();
    yield* this.#chains.packIncrementally(this.#floor);
    for (const list of [this.#tokens, this.#chains, this.#fileOfSlot]) list.save(image);
  }

  /** Reads what of a restored corpus is not in memory yet. */
  *fetchIncrementally(): Generator<void> {
    for (const list of [this.#fileOfSlot, this.#tokens, this.#chains]) yield* list.fetchIncrementally();
  }

  /** Tokens of all files present. */
  get tokenCount(): number {
    return this.#live;
  }

  get fileCount(): number {
    return this.#numbers.size;
  }

  /** Bytes of its tables, by what they are for. */
  get heldBytes(): Readonly<Record<'words' | 'tokens' | 'chains', number>> {
    return {
      words: this.vocabulary.heldBytes,
      tokens: this.#tokens.heldBytes + this.#fileOfSlot.heldBytes,
      chains: this.#chains.heldBytes,
    };
  }

  /** Adds a file, in place of its earlier version if there is one. One without a word is not there. */
  addFile(segment: Segment, file: SegmentFile): void {
    runToCompletion(this.addFileIncrementally(segment, file));
  }

  addFileIncrementally(segment: Segment, file: SegmentFile): Generator<void> {
    return this.#changes.run(this.#add(segment, file));
  }

  /** False when there is no such file. */
  removeFile(path: string): boolean {
    this.#changes.finish();
    const isThere = this.#numbers.has(path);
    runToCompletion(this.removeFileIncrementally(path));
    return isThere;
  }

  /** The first step removes; what follows is cleaning. */
  removeFileIncrementally(path: string): Generator<void> {
    return this.#changes.run(this.#remove(path));
  }

  *#add(segment: Segment, file: SegmentFile): Generator<void> {
    if (!hasWords(segment, file)) {
      yield* this.#remove(file.path);
      return;
    }
    const globalId = this.#segmentWords.of(segment);
    yield* this.#append(file.path, file.tokenEnd - file.tokenStart, (index) => {
      const token = segment.tokens[file.tokenStart + index] ?? 0;
      return packToken(globalId(wordOf(token)), gapOf(token));
    });
    yield* this.#clean(2 * (file.tokenEnd - file.tokenStart));
  }

  *#remove(path: string): Generator<void> {
    yield* this.#clean(2 * this.#kill(path));
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

  /** The positions whose anchor may have this hash: each is that of the anchor's last word. */
  places(hash: number): AnchorChain {
    return this.#chains.of(hash, this.#floor);
  }

  /** Adds a version of a file; it takes the place of the earlier one when all of it is there. */
  *#append(path: string, count: number, tokenOf: (index: number) => Token): Generator<void> {
    const start = this.#tokens.length;
    for (let from = 0; from < count; from += STEP_TOKENS) {
      if (from > 0) yield;
      this.#appendTokens(from, Math.min(from + STEP_TOKENS, count), tokenOf);
    }
    this.#kill(path);
    const number = this.#files.push({ path, start, end: start + count, isAlive: true }) - 1;
    this.#numbers.set(path, number);
    this.#live += count;
    this.#padToSlot(number);
  }

  #appendTokens(from: number, to: number, tokenOf: (index: number) => Token): void {
    for (let index = from; index < to; index++) {
      const position = this.#tokens.length;
      this.#tokens.push(tokenOf(index));
      this.#chains.push(anchorHash(this, position, this.kinds));
    }
  }

  *#markWords({ start, end }: CorpusFile, isUsed: Uint8Array): Generator<void> {
    for (let from = start; from < end; from += STEP_TOKENS) {
      for (let at = from; at < Math.min(from + STEP_TOKENS, end); at++) isUsed[this.wordAt(at)] = 1;
      yield;
    }
  }

  /** At least one boundary token follows every file. */
  #padToSlot(number: number): void {
    do {
      this.#tokens.push(BOUNDARY_TOKEN);
      this.#chains.skip();
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
  *#clean(budget: number): Generator<void> {
    let moved = 0;
    while (moved < budget && this.#dead > TOLERATED_DEAD && this.#dead > this.#live / 2) {
      const file = this.#files[this.#oldest];
      if (file === undefined) return;
      const count = file.end - file.start;
      if (file.isAlive) {
        moved += count;
        yield* this.#append(file.path, count, (index) => this.#tokens.at(file.start + index));
      }
      this.#dead -= count;
      this.#files[this.#oldest++] = undefined;
      this.#free(this.#files[this.#oldest]?.start ?? this.#tokens.length);
      yield;
    }
  }

  #free(floor: number): void {
    this.#floor = floor;
    this.#tokens.dropBelow(floor);
    this.#chains.dropBelow(floor);
    this.#fileOfSlot.dropBelow(floor >>> SLOT_BITS);
  }
}

/** A file without any teaches nothing, and would take its place in the log all the same. */
function hasWords({ tokens }: Segment, { tokenStart, tokenEnd }: SegmentFile): boolean {
  for (let at = tokenStart; at < tokenEnd; at++) if (wordOf(tokens[at] ?? 0) !== LINE_BREAK) return true;
  return false;
}

/** Translates a segment's word ids to the vocabulary's; remembers the segment used last. */
export class SegmentWords {
  readonly #vocabulary: Words;
  #segment: WeakRef<Segment> | undefined;
  #ids = new Uint32Array(0);

  constructor(vocabulary: Words) {
    this.#vocabulary = vocabulary;
  }

  /** A look-up for `segment`; words are interned when first asked for. */
  of(segment: Segment): (word: number) => number {
    if (this.#segment?.deref() !== segment) {
      this.#segment = new WeakRef(segment);
      this.#ids = new Uint32Array(segment.words.length + 1);
    }
    const ids = this.#ids;
    const vocabulary = this.#vocabulary;
    return (word) => {
      if (word === LINE_BREAK) return LINE_BREAK;
      const known = ids[word] ?? 0;
      if (known !== 0) return known;
      const id = vocabulary.intern(segment.words[word - 1] ?? '');
      ids[word] = id;
      return id;
    };
  }
}
