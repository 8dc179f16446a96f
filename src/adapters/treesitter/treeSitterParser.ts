import { Parser, type Language, type Tree } from 'web-tree-sitter';
import type { SyntaxCheck } from '../../evals/syntaxCheck.ts';
import type { SyntaxParser } from '../../core/ports/chunker.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { constructsOf, type Fits } from './constructsOf.ts';
import { GrammarLoader } from './grammarLoader.ts';
import { grammarFor } from './grammars.ts';

/** UTF-16 units given to the parser at a time: what its buffer holds. */
const PIECE = 5120;
/**
 * Source is read once and a little more, as the parser looks ahead; the most that was seen is seven times. Text that is
 * not of the language may be read ten thousand times. Time is no measure: the same text must give the same chunks.
 */
const MAX_READS_OF_PIECE = 50;

/** The library has one runtime a thread. Two that are started at once would read each other's addresses. */
let runtime: Promise<void> | undefined;

/**
 * Parses with tree-sitter (https://tree-sitter.github.io). Resolves to `undefined`, having said so in the log, when its
 * runtime cannot be loaded.
 *
 * @param readFile bytes of a file of the grammar set or of the runtime; throws when it is not there
 */
export async function loadTreeSitter(
  readFile: (name: string) => Uint8Array,
  log: Logger,
): Promise<TreeSitterParser | undefined> {
  try {
    await (runtime ??= Parser.init({ wasmBinary: readFile('web-tree-sitter.wasm') }));
    return new TreeSitterParser(new Parser(), new GrammarLoader(readFile, log));
  } catch (error) {
    runtime = undefined;
    log.warn('Files are cut by indentation alone: the parser cannot be loaded.', error);
    return undefined;
  }
}

/** Made by `loadTreeSitter`. Never throws: what fails is given up and said in the log. */
export class TreeSitterParser implements SyntaxParser, SyntaxCheck {
  readonly #parser: Parser;
  readonly #grammars: GrammarLoader;

  constructor(parser: Parser, grammars: GrammarLoader) {
    this.#parser = parser;
    this.#grammars = grammars;
  }

  constructs(path: string, text: string, fits: Fits): readonly number[] | undefined {
    return this.#withTree(path, text, ({ rootNode }) =>
      rootNode.isError ? undefined : constructsOf(rootNode, text, fits),
    );
  }

  isWellFormed(path: string, text: string): boolean | undefined {
    return this.#withTree(path, text, ({ rootNode }) => !rootNode.hasError);
  }

  #withTree<T>(path: string, text: string, read: (tree: Tree) => T): T | undefined {
    const grammar = grammarFor(path);
    const language = grammar === undefined ? undefined : this.#grammars.get(grammar);
    if (grammar === undefined || !language) return undefined;
    let tree: Tree | undefined;
    try {
      tree = this.#parse(language, text);
      return tree && read(tree);
    } catch (error) {
      this.#grammars.giveUp(grammar, error);
      return undefined;
    } finally {
      tree?.delete();
    }
  }

  #parse(language: Language, text: string): Tree | undefined {
    this.#parser.setLanguage(language);
    let reads = MAX_READS_OF_PIECE * (1 + text.length / PIECE);
    const read = (index: number) => (--reads < 0 ? undefined : text.slice(index, index + PIECE));
    const tree = this.#parser.parse(read, null, { progressCallback: () => reads < 0 });
    if (tree && reads >= 0) return tree;
    tree?.delete();
    // Otherwise the next parse would go on with this text.
    this.#parser.reset();
    return undefined;
  }
}
