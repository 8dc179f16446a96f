import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { runToCompletion } from '../../../src/core/async/incremental.ts';
import type { ImageReader } from '../../../src/core/memory/image.ts';
import { FileScores } from '../../../src/core/retrieval/fileScores.ts';
import { DEFAULT_LEXICAL_WEIGHTS, type ScoreShares } from '../../../src/core/retrieval/lexicalWeights.ts';
import { PostingLists } from '../../../src/core/retrieval/postingLists.ts';
import { ScoreAccumulator, type QueryTerm } from '../../../src/core/retrieval/scoreAccumulator.ts';
import { LENGTH } from '../../../src/core/retrieval/textCells.ts';
import type { TextStatistics } from '../../../src/core/retrieval/textStatistics.ts';
import { TextTable } from '../../../src/core/retrieval/textTable.ts';
import { throughImage } from '../../support/throughImage.ts';

const TERMS = 12;
const { k1, b, k1Definition, phrase, question } = DEFAULT_LEXICAL_WEIGHTS;

/** How often each term is in a text, by term − 1. */
type Text = readonly number[];
interface Chunk {
  readonly body: Text;
  readonly definitions: readonly Text[];
}

class Corpus {
  readonly bodies: PostingLists;
  readonly signatures: PostingLists;
  readonly texts: TextTable;
  readonly board: ScoreAccumulator;
  #dead: number[] = [];

  constructor(image?: ImageReader) {
    this.bodies = new PostingLists(image);
    this.signatures = new PostingLists(image);
    this.texts = new TextTable(image);
    this.board = new ScoreAccumulator(this.bodies, this.signatures, this.texts, DEFAULT_LEXICAL_WEIGHTS);
  }

  restored(): Corpus {
    this.sweep();
    return new Corpus(
      throughImage((image) => {
        runToCompletion(this.bodies.saveIncrementally(image, TERMS + 1));
        runToCompletion(this.signatures.saveIncrementally(image, TERMS + 1));
        this.texts.save(image);
      }),
    );
  }

  removeFile(path: string): void {
    this.#dead.push(...this.texts.removeFile(path));
  }

  /** Gives back the ids of what was removed: texts that are added then have ids here and there. */
  sweep(): void {
    for (const lists of [this.bodies, this.signatures]) {
      for (let term = 1; term <= TERMS; term++)
        runToCompletion(lists.retainIncrementally(term, (text) => this.texts.fileOf(text) >= 0));
    }
    this.texts.recycle(this.#dead);
    this.#dead = [];
  }

  addFile(path: string, chunks: readonly Chunk[]): void {
    const places = chunks.map((_, at) => ({ startLine: at, endLine: at, tokenStart: 0, tokenEnd: 0 }));
    const ids = this.texts.addFile({ path, tokenStart: 0, tokenEnd: 0, chunks: places });
    for (const [at, { body, definitions }] of chunks.entries()) {
      const id = ids[at] ?? 0;
      this.texts.setChunkLength(id, lengthOf(body));
      append(this.bodies, id, body);
      for (const definition of definitions) {
        append(this.signatures, this.texts.addDefinition(id, lengthOf(definition)), definition);
      }
    }
  }

  /** Every chunk with its score, all terms added up for all of them: equal ones as they come. */
  plain(terms: readonly QueryTerm[], count: number, shares: ScoreShares) {
    const own = new Map<number, number>();
    const files = new Map<number, number>();
    const definitions = new Map<number, number>();
    for (const [term, times] of this.board.telling(terms)) {
      const weight = times * rarity(this.bodies, this.texts.chunks, term);
      const bySignature = times * rarity(this.signatures, this.texts.definitions, term);
      this.#add(definitions, this.signatures, term, { weight: bySignature, k: k1Definition });
      this.#add(own, this.bodies, term, { weight, k: k1 });
      const inFile = new Map<number, number>();
      for (const [text, frequency] of this.#live(this.bodies, term)) {
        const file = this.texts.fileOf(text);
        inFile.set(file, (inFile.get(file) ?? 0) + frequency);
      }
      for (const [file, frequency] of inFile) {
        const length = this.texts.fileLength(file) / this.texts.meanFileLength;
        const share = (weight * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * length));
        files.set(file, (files.get(file) ?? 0) + share);
      }
    }
    const best = new Map<number, number>();
    for (const [definition, score] of definitions) {
      const chunk = this.texts.chunkOf(definition);
      best.set(chunk, Math.max(score, best.get(chunk) ?? 0));
    }
    return [...own]
      .map(([id, score]) => {
        const file = files.get(this.texts.fileOf(id)) ?? 0;
        return { id, score: score + shares.file * file + shares.signatures * (best.get(id) ?? 0) };
      })
      .sort((one, other) => other.score - one.score)
      .slice(0, count);
  }

  *#live(lists: PostingLists, term: number): Generator<readonly [text: number, frequency: number]> {
    const postings = new Uint32Array(lists.count(term) + 1);
    const count = lists.gather(term, this.texts.live.bits, postings);
    for (const posting of postings.subarray(0, count)) {
      if (this.texts.fileOf(posting >>> 8) >= 0) yield [posting >>> 8, posting & 255];
    }
  }

  #add(
    scores: Map<number, number>,
    lists: PostingLists,
    term: number,
    { weight, k }: { readonly weight: number; readonly k: number },
  ): void {
    const { meanLength } = lists === this.bodies ? this.texts.chunks : this.texts.definitions;
    for (const [text, frequency] of this.#live(lists, term)) {
      const norm = frequency + k * (1 - b) + ((k * b) / meanLength) * this.texts.cells.get(text, LENGTH);
      scores.set(text, (scores.get(text) ?? 0) + (weight * (k + 1) * frequency) / norm);
    }
  }
}

function rarity(lists: PostingLists, { count }: TextStatistics, term: number): number {
  const found = Math.min(lists.count(term), count);
  return found === 0 ? 0 : Math.log(1 + (count - found + 0.5) / (found + 0.5));
}

function lengthOf(text: Text): number {
  return text.reduce((sum, frequency) => sum + frequency, 0);
}

function append(lists: PostingLists, id: number, text: Text): void {
  for (const [at, frequency] of text.entries()) {
    if (frequency > 0) lists.append(at + 1, (id << 8) | frequency);
  }
}

/** The first terms are rare, the last ones are nearly everywhere. */
const text = fc
  .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 40 })), {
    minLength: TERMS,
    maxLength: TERMS,
  })
  .map((all) => all.map(([chance, frequency], at) => (chance < ((at + 1) / TERMS) ** 3 ? frequency : 0)));
const chunk = fc.record({ body: text, definitions: fc.array(text, { maxLength: 3 }) });
const file = fc.record({ chunks: fc.array(chunk, { minLength: 1, maxLength: 3 }), isRemoved: fc.boolean() });
interface Query {
  readonly terms: readonly QueryTerm[];
  readonly count: number;
  readonly shares: ScoreShares;
}

const query: fc.Arbitrary<Query> = fc.record({
  terms: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: TERMS }), fc.constantFrom(0.25, 1, 2)), {
    minLength: 1,
    selector: ([term]) => term,
  }),
  count: fc.constantFrom(1, 2, 5, 50),
  shares: fc.constantFrom(phrase, question),
});

function expectPlain(corpus: Corpus, queries: readonly Query[]): void {
  for (const { terms, count, shares } of queries) {
    expect(corpus.board.best(terms, count, shares)).toEqual(corpus.plain(terms, count, shares));
  }
}

it('finds and scores exactly as if no file were passed over', () => {
  fc.assert(
    fc.property(
      fc.array(file, { minLength: 10, maxLength: 80, size: 'max' }),
      fc.array(query, { minLength: 1, maxLength: 6 }),
      (files, queries) => {
        const corpus = new Corpus();
        for (const [at, { chunks }] of files.entries()) corpus.addFile(`${at}`, chunks);
        for (const [at, { isRemoved }] of files.entries()) {
          if (isRemoved && at % 4 === 0) corpus.removeFile(`${at}`);
        }
        expectPlain(corpus, queries);
      },
    ),
    { numRuns: 60 },
  );
});

it('finds and scores exactly the same once ids were given back and used again, and out of an image', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(file, { minLength: 5, maxLength: 40, size: 'max' }), { minLength: 2, maxLength: 4 }),
      fc.array(query, { minLength: 1, maxLength: 4 }),
      (rounds, queries) => {
        const corpus = new Corpus();
        for (const [round, files] of rounds.entries()) {
          for (const [at, { chunks }] of files.entries()) corpus.addFile(`${round}/${at}`, chunks);
          expectPlain(corpus, queries);
          for (const [at, { isRemoved }] of files.entries())
            if (isRemoved) corpus.removeFile(`${round}/${at}`);
          if (round % 2 === 0) corpus.sweep();
          expectPlain(corpus, queries);
        }
        const restored = corpus.restored();
        expectPlain(restored, queries);
        for (const [at, { chunks }] of (rounds[0] ?? []).entries()) restored.addFile(`again/${at}`, chunks);
        expectPlain(restored, queries);
      },
    ),
    { numRuns: 40 },
  );
});

/** Term 1 is in one chunk's text, where it is lost among others, and in another's definition; term 2 in every second. */
function halfCommon(): Corpus {
  const corpus = new Corpus();
  corpus.addFile('lost', [{ body: [1, 0, 20], definitions: [] }]);
  corpus.addFile('defined', [{ body: [0, 1], definitions: [[9]] }]);
  for (let at = 0; at < 100; at++) {
    corpus.addFile(`${at}`, [{ body: [0, at % 2, 20], definitions: [[0, 0, 0, 9]] }]);
  }
  return corpus;
}
const RARE_AND_COMMON: readonly QueryTerm[] = [
  [1, 1],
  [2, 1],
];

it('does not pass over a chunk of which only a definition has the rare terms', () => {
  const corpus = halfCommon();
  const hits = corpus.board.best(RARE_AND_COMMON, 1, phrase);
  expect(hits).toEqual(corpus.plain(RARE_AND_COMMON, 1, phrase));
  expect(hits.map(({ id }) => corpus.texts.pathOf(id))).toEqual(['defined']);
});

it('passes over the files that a common term cannot lift among the best', () => {
  const corpus = halfCommon();
  const scored = vi.spyOn(FileScores.prototype, 'add');
  corpus.board.best(RARE_AND_COMMON, 1, phrase);
  expect(scored.mock.calls.length).toBeLessThan(5);
  scored.mockClear();
  corpus.board.best(RARE_AND_COMMON, 60, phrase);
  expect(scored.mock.calls.length).toBeGreaterThan(50);
  scored.mockRestore();
});

it('starts every question anew, whatever texts were removed and added since the one before', () => {
  const corpus = new Corpus();
  const many = (body: Text): readonly Chunk[] => [{ body, definitions: [body] }];
  for (let at = 0; at < 50; at++) corpus.addFile(`${at}`, many([at === 7 ? 9 : 0, 1, 2]));
  const ask = (): unknown =>
    corpus.board.best(
      [
        [1, 1],
        [3, 1],
      ],
      3,
      phrase,
    );
  expect(ask()).toEqual(
    corpus.plain(
      [
        [1, 1],
        [3, 1],
      ],
      3,
      phrase,
    ),
  );
  corpus.removeFile('7');
  corpus.sweep();
  corpus.addFile('other', many([0, 3]));
  expect(ask()).toEqual(
    corpus.plain(
      [
        [1, 1],
        [3, 1],
      ],
      3,
      phrase,
    ),
  );
});
