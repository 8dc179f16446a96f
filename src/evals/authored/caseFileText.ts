import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLMap,
} from 'yaml';
import { errorMessage } from '../../core/errors/touchstoneError.ts';
import { CASE_KINDS, type CaseKind } from './caseFileSchema.ts';
import type { CaseProblem } from './caseProblem.ts';

/** Keys and indexes from the root to a value. */
export type ValuePath = readonly (string | number)[];

/** UTF-16 units: more cases than people write, who can split them. */
const MAX_TEXT = 250_000;

/** More than anybody reads. */
const MAX_ERRORS = 100;

const PLAIN_YAML = {
  prettyErrors: false,
  // The library compares every key with every other, here and in the ordered maps of YAML 1.1.
  uniqueKeys: false,
  schema: 'core',
  resolveKnownTags: false,
  // What it warns of it would write to the terminal as it stands in the file.
  logLevel: 'error',
} as const;

/** The YAML of a file of cases, which can tell where each value stands. */
export class CaseFileText {
  /** What the text says; `undefined` when it is no YAML. */
  readonly value: unknown;
  /** Why it is no YAML. */
  readonly problems: readonly CaseProblem[];
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed | undefined;
  /** The keys of mappings that were asked for. */
  readonly #keys = new Map<YAMLMap, ReadonlyMap<string, unknown>>();

  constructor(text: string) {
    const problems: CaseProblem[] = [];
    if (text.length > MAX_TEXT) {
      this.problems = [this.#problem([0, 0], `This file has more than ${MAX_TEXT} characters. Split it.`)];
      return;
    }
    try {
      this.#document = this.#parse(text, problems);
      // Aliases that multiply or lead nowhere are refused by throwing.
      if (problems.length === 0) this.value = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      // Also for what is nested so deep that the reader of YAML gives up.
      problems.push(this.#invalid([0, 0], errorMessage(error)));
    }
    this.problems = problems;
  }

  #parse(text: string, problems: CaseProblem[]): Document.Parsed {
    const document = parseDocument(text, { ...PLAIN_YAML, lineCounter: this.#lines });
    for (const { pos, message } of document.errors.slice(0, MAX_ERRORS))
      problems.push(this.#invalid(pos, message));
    visit(document, {
      Map: (_, map) => {
        const seen = new Set<unknown>();
        for (const { key } of map.items) {
          if (!isScalar(key)) continue;
          if (seen.has(key.value) && key.range && problems.length < MAX_ERRORS) {
            problems.push(this.#invalid([key.range[0], key.range[1]], 'Map keys must be unique'));
          }
          seen.add(key.value);
        }
      },
    });
    return document;
  }

  /** A problem with a value or, where it is missing, with what would hold it. */
  problemAt(path: ValuePath, message: string): CaseProblem {
    for (let length = path.length; length > 0; length--) {
      const node = this.#document?.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#problem(node.range, message, kindIn(path));
    }
    return this.#problem([0, 0], message, kindIn(path));
  }

  /** A problem with a key of the value at `path`. */
  problemAtKey(path: ValuePath, key: string, message: string): CaseProblem {
    const map = path.length === 0 ? this.#document?.contents : this.#document?.getIn(path, true);
    const name = isMap(map) ? this.#keysOf(map).get(key) : undefined;
    if (!isNode(name) || !name.range) return this.problemAt(path, message);
    return this.#problem(name.range, message, kindIn(path));
  }

  #keysOf(map: YAMLMap): ReadonlyMap<string, unknown> {
    const known = this.#keys.get(map);
    if (known) return known;
    const scalars = map.items.map(({ key }) => key).filter((key) => isScalar(key));
    const keys = new Map(scalars.reverse().map((key) => [String(key.value), key]));
    this.#keys.set(map, keys);
    return keys;
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
