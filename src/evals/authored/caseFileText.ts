import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { errorMessage } from '../../core/errors/touchstoneError.ts';
import { CASE_KINDS, type CaseKind } from './caseFileSchema.ts';
import type { CaseProblem } from './caseProblem.ts';

/** Keys and indexes from the root to a value. */
export type ValuePath = readonly (string | number)[];

/** The YAML of a file of cases, which can tell where each value stands. */
export class CaseFileText {
  /** What the text says; `undefined` when it is no YAML. */
  readonly value: unknown;
  /** Why it is no YAML. */
  readonly problems: readonly CaseProblem[];
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const { errors } = this.#document;
    const problems = errors.map(({ pos: [start, end], message }) => this.#invalid([start, end], message));
    if (errors.length === 0) {
      try {
        // Aliases that multiply or lead nowhere are refused by throwing.
        this.value = this.#document.toJS({ maxAliasCount: 100 });
      } catch (error) {
        problems.push(this.#invalid([0, 0], errorMessage(error)));
      }
    }
    this.problems = problems;
  }

  /** A problem with a value or, where it is missing, with what would hold it. */
  problemAt(path: ValuePath, message: string): CaseProblem {
    for (let length = path.length; length > 0; length--) {
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#problem(node.range, message, kindIn(path));
    }
    return this.#problem([0, 0], message, kindIn(path));
  }

  /** A problem with a key of the value at `path`. */
  problemAtKey(path: ValuePath, key: string, message: string): CaseProblem {
    const map = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    const pairs = isMap(map) ? map.items : [];
    const name = pairs.map((pair) => pair.key).find((each) => isScalar(each) && String(each.value) === key);
    if (!isNode(name) || !name.range) return this.problemAt(path, message);
    return this.#problem(name.range, message, kindIn(path));
  }

  #invalid(range: readonly [number, number], message: string): CaseProblem {
    return this.#problem(range, `This is not valid YAML: ${withFullStop(message)}`);
  }

  /** What is longer than a line is marked in its first line. */
  #problem(
    [start, end]: readonly [number, number, ...unknown[]],
    message: string,
    kind?: CaseKind,
  ): CaseProblem {
    const from = this.#lines.linePos(start);
    const to = this.#lines.linePos(end);
    const startColumn = Math.max(from.col - 1, 0);
    const endColumn = to.line === from.line ? Math.max(to.col - 1, startColumn + 1) : Number.MAX_SAFE_INTEGER;
    return { kind, line: Math.max(from.line, 1), startColumn, endColumn, message };
  }
}

function kindIn([first]: ValuePath): CaseKind | undefined {
  return CASE_KINDS.find((kind) => kind === first);
}

function withFullStop(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
