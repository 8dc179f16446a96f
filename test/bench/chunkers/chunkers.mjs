// @ts-check
import { join } from 'node:path';

/** @import { OtherChunker } from './chunker.mjs' */

/** What Continue's own embedding model takes: its `DEFAULT_MAX_CHUNK_SIZE`, in tokens. */
const CONTINUE_TOKENS = 500;

/** @type {readonly OtherChunker[]} */
export const CHUNKERS = [
  {
    id: 'roo',
    name: 'Roo Code',
    source: { github: 'RooCodeInc/Roo-Code', commit: 'cb836567180a3ff1da6d082f3178b90c3bd22a70' },
    entry: 'src/services/code-index/processors/parser.ts',
    keeps: /\/services\/(?:code-index\/(?:processors|shared|constants|interfaces)|tree-sitter)\//,
    dependencies: { 'tree-sitter-wasms': '0.1.12', 'web-tree-sitter': '0.25.6' },
    define: (folder) => ({ __dirname: JSON.stringify(join(folder, 'node_modules/tree-sitter-wasms/out')) }),
    open({ CodeParser }) {
      const parser = new CodeParser();
      return async (path, text) => {
        const blocks = await parser.parseFile(path, { content: text });
        return blocks.map((/** @type {any} */ block) => ({
          startLine: block.start_line,
          endLine: block.end_line,
          text: block.content,
        }));
      };
    },
  },
  {
    id: 'continue',
    name: 'Continue',
    source: { npm: '@continuedev/core@1.1.0' },
    entry: 'dist/indexing/chunk/chunk.js',
    keeps:
      /\/dist\/(?:indexing\/chunk|util\/(?:treeSitter|uri)|llm\/(?:countTokens|asyncEncoder|autodetect|llamaTokenizer|constants))/,
    dependencies: {
      'js-tiktoken': '1.0.8',
      'tree-sitter-wasms': '0.1.11',
      'uri-js': '4.4.1',
      'web-tree-sitter': '0.21.0',
      workerpool: '9.1.3',
    },
    // Grammars are then looked for in packages, and tokens counted in this thread, as its command line does it.
    define: (folder) => ({
      __dirname: JSON.stringify(folder),
      'process.env.NODE_ENV': '"test"',
      'process.env.IS_BINARY': '"true"',
    }),
    open: ({ chunkDocument }) =>
      async function cut(path, contents) {
        const given = { filepath: `file:///${path}`, contents, maxChunkSize: CONTINUE_TOKENS, digest: '' };
        const pieces = [];
        for await (const { startLine, endLine, content } of chunkDocument(given)) {
          pieces.push({ startLine: startLine + 1, endLine: endLine + 1, text: content });
        }
        return pieces;
      },
  },
];
