import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';
import type { SyntaxParser } from '../../core/ports/chunker.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import type { SyntaxCheck } from '../../evals/syntaxCheck.ts';
import { grammarFile, grammarFor } from './grammars.ts';

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

/** Loads grammars when they are first asked for. One that cannot be loaded is reported once and given up. */
class GrammarLoader {
  readonly #readFile: (name: string) => Uint8Array;
  readonly #log: Logger;
  readonly #grammars = new Map<string, Language | undefined>();

  /** @param readFile bytes of a file of the grammar set; throws when it is not there */
  constructor(readFile: (name: string) => Uint8Array, log: Logger) {
    this.#readFile = readFile;
    this.#log = log;
  }

  get(grammar: string): Language | undefined {
    if (!this.#grammars.has(grammar)) this.#grammars.set(grammar, this.#load(grammar));
    return this.#grammars.get(grammar);
  }

  /** From now on the grammar is not there. */
  giveUp(grammar: string, reason: unknown): void {
    this.#grammars.set(grammar, undefined);
    this.#log.warn(`Files are cut without the ${grammar} grammar: it failed.`, reason);
  }

  #load(grammar: string): Language | undefined {
    try {
      return Language.loadSync(new WebAssembly.Module(this.#readFile(grammarFile(grammar))));
    } catch (error) {
      this.giveUp(grammar, error);
      return undefined;
    }
  }
}

const ANNOTATION_SIGNS = '@[';
const ANNOTATION = /annotation|attribute_list|decorator/;

/** Whether a construct may stay in one piece. */
type Fits = (chars: number, lines: number) => boolean;

/**
 * The constructs below a node that span lines, as `SyntaxParser.constructs` wants them. Looks only into those that do not
 * fit: each look at a node is a call into WebAssembly, and the many small ones are what a tree consists of.
 */
function constructsOf(root: Node, text: string, fits: Fits): readonly number[] {
  const found: number[] = [];
  const large = [root];
  for (let node = large.pop(); node; node = large.pop()) {
    for (const child of node.children) {
      const { startIndex: start, endIndex: end } = child;
      const lineEnd = text.indexOf('\n', start);
      if (lineEnd < 0) break;
      if (lineEnd >= end) continue;
      // The lines of large constructs in large ones are not counted over and over.
      const isSmall = fits(end - start, 2) && fits(end - start, countLines(text, lineEnd, end));
      if (isSmall || beginsByItself(child)) pushConstruct(found, child, text);
      if (!isSmall) large.push(child);
    }
  }
  return found;
}

/** What stands below annotations begins at the line with its name; the annotations are a construct of their own. */
function pushConstruct(found: number[], node: Node, text: string): void {
  const { startIndex: start, endIndex: end } = node;
  const annotationsEnd = ANNOTATION_SIGNS.includes(text.charAt(start)) ? endOfAnnotations(node) : start;
  if (annotationsEnd === start) found.push(start, end);
  else
    found.push(start, annotationsEnd, annotationsEnd + text.slice(annotationsEnd, end).search(/\S|$/), end);
}

/** Where the annotations that a node begins with end; where the node begins when there are none. */
function endOfAnnotations(node: Node): number {
  let end = node.startIndex;
  for (const part of node.children) {
    if (part.type === 'modifiers') {
      end = endOfAnnotations(part);
      if (end < part.endIndex) return end;
    } else if (ANNOTATION.test(part.type)) end = part.endIndex;
    else return end;
  }
  return end;
}

/** A list of statements, or a call, begins with what is in it. It adds no level of nesting. An element of HTML does. */
function beginsByItself(node: Node): boolean {
  if (node.isError) return false;
  const first = node.firstChild;
  return !first?.isNamed || first.type === 'start_tag';
}

function countLines(text: string, firstLineEnd: number, end: number): number {
  let lines = 1;
  for (let at = firstLineEnd; at >= 0 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
