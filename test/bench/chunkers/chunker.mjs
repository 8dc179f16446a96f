// @ts-check

/**
 * A piece of a file.
 *
 * @typedef {object} Piece
 * @property {number} startLine 1-based, inclusive
 * @property {number} endLine
 * @property {string} text what is stored: some chunkers leave out parts of their lines
 */

/**
 * @callback Cut
 * @param {string} path
 * @param {string} text
 * @returns {Promise<readonly Piece[]>} none for files of languages that it does not know
 */

/**
 * Where code comes from that is not ours. None of it is in this repository.
 *
 * @typedef {object} Source
 * @property {string} [npm] a package with its version
 * @property {string} [github] a repository
 * @property {string} [commit] of that repository
 */

/**
 * The chunker of another product.
 *
 * @typedef {object} OtherChunker
 * @property {string} id
 * @property {string} name for people
 * @property {Source} source
 * @property {string} entry the file of the source that is bundled
 * @property {RegExp} keeps pattern of the files of the source that take part; what else they import does nothing
 * @property {Readonly<Record<string, string>>} dependencies versions of the packages that take part
 * @property {(folder: string) => Readonly<Record<string, string>>} define what is replaced in the bundle, which lies in that folder
 * @property {(bundle: any) => Cut} open
 */

export {};
