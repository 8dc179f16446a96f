// @ts-check
/**
 * What every store beside ours is made to look like. Stores answer with the ten best chunks.
 */

export const HITS = 10;

/**
 * @typedef {object} Chunk
 * @property {number} id
 * @property {string} text
 * @property {string} words the sub-tokens of the text, with spaces between
 * @property {Float32Array} vector of unit length
 */

/** @typedef {Pick<Chunk, 'text' | 'words'>} Question */

/**
 * @typedef {object} Store
 * @property {(chunks: readonly Chunk[]) => unknown} add
 * @property {() => unknown} save all that was added is on disk and indexed when it resolves
 * @property {(chunks: readonly Chunk[]) => unknown} replace puts chunks in the place of those with the same ids; on disk and found when it resolves
 * @property {(question: Question) => readonly number[] | Promise<readonly number[]>} [byWords] best first
 * @property {(vector: Float32Array) => readonly number[] | Promise<readonly number[]>} [byVector] nearest first
 */

/**
 * @typedef {object} Place
 * @property {string} folder empty, or what `create` left there
 * @property {number} dims
 * @property {(name: string) => any} load loads one of the packages
 */

/**
 * @typedef {object} Peer
 * @property {string} id
 * @property {string} name for people
 * @property {number} [upTo] it is left out where there are more chunks than this, for the time it takes
 * @property {(place: Place) => Store | Promise<Store>} create an empty one
 * @property {(place: Place) => Store | Promise<Store>} open one that was saved
 */
