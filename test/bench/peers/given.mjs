// @ts-check
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** @import { FileHandle } from 'node:fs/promises' */
/** @import { Chunk, Question } from './store.mjs' */

const FLOAT = 4;
/** How much of another vector is in the one of a chunk that has changed. */
const CHANGE = 0.3;

/** Reads what `touchstone bench peers` has left for other stores. */
export class Given {
  #folder;
  #dims;

  /** @param {string} folder @param {number} dims */
  constructor(folder, dims) {
    this.#folder = folder;
    this.#dims = dims;
  }

  /** All chunks, so many at a time: never all in memory. @param {number} size @returns {AsyncGenerator<Chunk[]>} */
  async *batches(size) {
    const lines = createInterface({ input: createReadStream(join(this.#folder, 'chunks.jsonl')) });
    const vectors = await open(join(this.#folder, 'vectors.f32'));
    try {
      let [id, batch] = [0, /** @type {Question[]} */ ([])];
      for await (const line of lines) {
        if (batch.push(JSON.parse(line)) < size) continue;
        yield await this.#withVectors(vectors, id, batch);
        id += batch.length;
        batch = [];
      }
      if (batch.length > 0) yield await this.#withVectors(vectors, id, batch);
    } finally {
      await vectors.close();
    }
  }

  /** @returns {Promise<readonly (Question & { vector: Float32Array, least: number })[]>} */
  async questions() {
    const questions = JSON.parse(await readFile(join(this.#folder, 'questions.json'), 'utf8'));
    const vectors = await open(join(this.#folder, 'questions.f32'));
    try {
      return await this.#withVectors(vectors, 0, questions);
    } finally {
      await vectors.close();
    }
  }

  /**
   * Files to save: their chunks, and a word that is new in the last of these. That one's vector is new as well,
   * and near to the one it had.
   *
   * @returns {Promise<readonly { word: Question, chunks: readonly Chunk[] }[]>}
   */
  async saves() {
    const saves = JSON.parse(await readFile(join(this.#folder, 'saves.json'), 'utf8'));
    return this.withRows(async (row) => {
      for (const { chunks } of saves) {
        for (const chunk of chunks) chunk.vector = await row(chunk.id);
        chunks.at(-1).vector = changed(chunks.at(-1).vector);
      }
      return saves;
    });
  }

  /** Lends a way to read the vectors of single chunks. @template T @param {(row: (id: number) => Promise<Float32Array>) => Promise<T>} work */
  async withRows(work) {
    const vectors = await open(join(this.#folder, 'vectors.f32'));
    try {
      return await work((id) => this.#rows(vectors, id, 1));
    } finally {
      await vectors.close();
    }
  }

  /** @template {Question} T @param {FileHandle} file @param {number} first @param {readonly T[]} texts */
  async #withVectors(file, first, texts) {
    const rows = await this.#rows(file, first, texts.length);
    return texts.map((each, at) => ({
      ...each,
      id: first + at,
      vector: rows.slice(at * this.#dims, (at + 1) * this.#dims),
    }));
  }

  /** @param {FileHandle} file @param {number} first @param {number} count */
  async #rows(file, first, count) {
    const bytes = this.#dims * FLOAT;
    const rows = new Float32Array(count * this.#dims);
    await file.read(new Uint8Array(rows.buffer), 0, count * bytes, first * bytes);
    return rows;
  }
}

/** Another unit vector. @param {Float32Array} vector */
function changed(vector) {
  const other = vector.toReversed();
  const sum = vector.map((value, at) => value + CHANGE * (other[at] ?? 0));
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
