import type { DefinedRange } from '../../core/retrieval/sourceText.ts';
import { isWordCode } from '../../core/text/lexer.ts';
import { lineStarts } from '../../core/text/lines.ts';
import type { ChatCase, CompletionCase, EvalCase, MaskKind, Place, RetrievalCase } from '../evalCase.ts';
import { stableId } from '../sampling.ts';
import { SourceFile } from '../sourceFile.ts';
import { placeOf, type Workspace } from '../workspace.ts';
import { isCaseFile } from './caseFilePath.ts';
import type { CaseKind, CompletionEntry } from './caseFileSchema.ts';
import type { ValuePath } from './caseFileText.ts';
import { type CaseProblem, problemText } from './caseProblem.ts';
import { parseGold } from './goldReference.ts';
import { parseCaseFile, type ParsedCaseFile } from './parseCaseFile.ts';

/** Id and label of the case source. */
export const AUTHORED = 'authored';
export const AUTHORED_LABEL = 'Written by people';

interface CasesByKind {
  readonly chat: ChatCase;
  readonly retrieval: RetrievalCase;
  readonly completion: CompletionCase;
}

interface FileCases {
  readonly cases: { readonly [K in CaseKind]: readonly CasesByKind[K][] };
  readonly problems: readonly CaseProblem[];
}

/** The cases that a file holds, their gold as whole lines of the files at hand. What is wrong is left out and told. */
export function casesOfFile(path: string, source: string, fileAt: FileAt): FileCases {
  const parsed = parseCaseFile(source);
  return new CaseReader(path, parsed, fileAt).read();
}

class CaseReader {
  readonly #path: string;
  readonly #parsed: ParsedCaseFile;
  readonly #fileAt: FileAt;
  readonly #problems: CaseProblem[] = [];
  readonly #ids = new Set<string>();

  constructor(path: string, parsed: ParsedCaseFile, fileAt: FileAt) {
    this.#path = path;
    this.#parsed = parsed;
    this.#fileAt = fileAt;
  }

  read(): FileCases {
    const { chat, retrieval, completion, problems } = this.#parsed;
    const cases = {
      chat: chat.flatMap(({ index, entry }) => this.#chat(index, entry) ?? []),
      retrieval: retrieval.flatMap(({ index, entry }) => this.#retrieval(index, entry) ?? []),
      completion: completion.flatMap(({ index, entry }) => this.#completion(index, entry) ?? []),
    };
    const all = [...problems, ...this.#problems];
    return { cases, problems: all.toSorted(byPlace) };
  }

  #chat(index: number, entry: ParsedCaseFile['chat'][number]['entry']): ChatCase | undefined {
    const gold = this.#gold('chat', index, entry.gold);
    const common = gold && this.#common('chat', index, entry, entry.question, gold[0]?.path);
    if (!common) return undefined;
    const { question, answerable: isAnswerable, mustMention, mustNotMention } = entry;
    return { ...common, question, gold, isAnswerable, mustMention, mustNotMention, hides: this.#hides };
  }

  #retrieval(index: number, entry: ParsedCaseFile['retrieval'][number]['entry']): RetrievalCase | undefined {
    const gold = this.#gold('retrieval', index, entry.gold);
    const common = gold && this.#common('retrieval', index, entry, entry.question, gold[0]?.path);
    return (
      common && { ...common, question: entry.question, name: entry.gold.join(', '), gold, hides: this.#hides }
    );
  }

  #completion(index: number, entry: CompletionEntry): CompletionCase | undefined {
    const file = this.#fileAt(entry.path);
    const place = file ? completionPlace(file, entry) : noFile(entry.path);
    if (typeof place === 'string') {
      this.#reject(['completion', index, file ? 'expected' : 'path'], place);
      return undefined;
    }
    const common = this.#common('completion', index, entry, entry.before + entry.expected, entry.path);
    return common && { ...common, ...place, path: entry.path, expected: entry.expected };
  }

  /** All of them, or `undefined` when one leads nowhere: a case whose gold is not whole would be unfair. */
  #gold(kind: CaseKind, index: number, gold: readonly string[]): readonly Place[] | undefined {
    const resolved = gold.map((each) => resolveGold(each, this.#fileAt));
    for (const [at, places] of resolved.entries()) {
      if (typeof places === 'string') this.#reject([kind, index, 'gold', at], places);
    }
    const found = resolved.filter((places) => typeof places !== 'string');
    return found.length === gold.length ? found.flat() : undefined;
  }

  #common(
    kind: CaseKind,
    index: number,
    { id, tags }: { readonly id?: string | undefined; readonly tags: readonly string[] },
    asked: string,
    about = this.#path,
  ): EvalCase | undefined {
    const name = id ?? stableId(kind, asked);
    if (this.#ids.has(name)) {
      const at = id === undefined ? 'question' : 'id';
      this.#reject([kind, index, at], `Another case of this file has the same ${at}. Change one of them.`);
      return undefined;
    }
    this.#ids.add(name);
    const { language, folder } = new SourceFile(about, '');
    return {
      id: `${AUTHORED}:${this.#path}#${name}`,
      source: AUTHORED,
      language: language?.name ?? 'Other',
      folder,
      path: this.#path,
      tags: [...new Set([...this.#parsed.tags, ...tags])],
    };
  }

  get #hides() {
    return [{ path: this.#path }];
  }

  #reject(at: ValuePath, message: string): void {
    this.#problems.push(this.#parsed.text.problemAt(at, message));
  }
}

function byPlace(a: CaseProblem, b: CaseProblem): number {
  return a.line - b.line || a.startColumn - b.startColumn;
}

interface CompletionPlace {
  readonly kind: MaskKind;
  /** 1-based. */
  readonly line: number;
  /** UTF-16 offsets in the text of the file. */
  readonly offset: number;
  readonly lineEnd: number;
}

/** The line that an entry means; a string says why there is none and what to do. */
function completionPlace(
  { path, lines, text }: SourceFile,
  { before, expected }: CompletionEntry,
): CompletionPlace | string {
  const wanted = before.trimStart() + expected;
  const found = lines.flatMap((line, at) => (line.trim() === wanted.trim() ? [at] : []));
  const [at] = found;
  if (at === undefined) {
    return `No line of ${path} is \`${wanted.trim()}\`. Copy \`before\` and \`expected\` from one line as it stands.`;
  }
  if (found.length > 1) {
    const numbers = found.map((each) => each + 1).join(', ');
    return `Lines ${numbers} of ${path} are all \`${wanted.trim()}\`. Choose a line that occurs once.`;
  }
  const line = lines[at] ?? '';
  const start = lineStarts(text)[at] ?? 0;
  const indent = line.length - line.trimStart().length;
  const column = indent + before.trimStart().length;
  return {
    kind: kindAt(line, column, indent),
    line: at + 1,
    offset: start + column,
    lineEnd: start + line.length,
  };
}

function kindAt(line: string, column: number, indent: number): MaskKind {
  if (column <= indent) return 'line-start';
  const isInWord = isWordCode(line.charCodeAt(column - 1)) && isWordCode(line.charCodeAt(column));
  return isInWord ? 'inside-identifier' : 'token-border';
}

/** The file that the evaluation reads at a path. */
type FileAt = (path: string) => SourceFile | undefined;

const MAX_LISTED = 6;

/** The places that a gold entry means; a string says why there are none and what to do. */
function resolveGold(gold: string, fileAt: FileAt): readonly Place[] | string {
  const reference = parseGold(gold);
  if (typeof reference === 'string') return reference;
  const { path, lines, names } = reference;
  const file = fileAt(path);
  if (!file) return noFile(path);
  const endLine = lastLine(file);
  if (lines && lines.endLine > endLine) {
    return `${path} has ${endLine} lines, so \`L${lines.endLine}\` is past its end. Correct the range.`;
  }
  if (lines) return [{ path, ...lines }];
  if (!names) return [{ path, startLine: 1, endLine }];
  const found = defined(file, names);
  return found.length > 0 ? found.map((range) => placeOf({ file, range })) : noName(file, names);
}

/** Why a path leads nowhere. */
function noFile(path: string): string {
  return `${path} is not among the files that are evaluated. Check the spelling; ignored, very large and copied files are left out.`;
}

/** An empty line after the last line break is none. */
function lastLine({ lines }: SourceFile): number {
  return Math.max(1, lines.at(-1) === '' ? lines.length - 1 : lines.length);
}

function defined({ definitions }: SourceFile, names: readonly string[]): readonly DefinedRange[] {
  return names.reduce<readonly DefinedRange[]>(
    (outer, name, depth) =>
      definitions.filter(
        (range) => range.name === name && (depth === 0 || outer.some((each) => isInside(range, each))),
      ),
    [],
  );
}

function isInside(range: DefinedRange, outer: DefinedRange): boolean {
  return range !== outer && range.line >= outer.line && range.end <= outer.end;
}

function noName({ path, definitions }: SourceFile, names: readonly string[]): string {
  const known = [...new Set(definitions.map(({ name }) => name))];
  const listed = known.slice(0, MAX_LISTED).join(', ');
  const more = known.length > MAX_LISTED ? ', …' : '';
  const hint =
    known.length === 0 ? 'It defines nothing; give lines instead.' : `It defines ${listed}${more}.`;
  return `${path} defines no \`${names.join('.')}\`. ${hint}`;
}

/** The cases of one kind that people have written into `*.eval.yaml` files of a workspace. */
interface AuthoredCases<K extends CaseKind> {
  readonly cases: readonly CasesByKind[K][];
  /** What could not be read, a line each: file, line, and what to do. */
  readonly problems: readonly string[];
}

/** Reads them all. What is wrong in one never keeps the others from being asked. */
export async function authoredCases<K extends CaseKind>(
  kind: K,
  { files }: Workspace,
  pace: () => Promise<void>,
): Promise<AuthoredCases<K>> {
  const byPath = new Map<string, SourceFile>(files.map((file) => [file.path, file]));
  const cases: CasesByKind[K][] = [];
  const problems: string[] = [];
  for (const { path, text } of files.filter((file) => isCaseFile(file.path))) {
    const found = casesOfFile(path, text, (at) => byPath.get(at));
    const ofKind: readonly CasesByKind[K][] = found.cases[kind];
    for (const each of ofKind) cases.push(each);
    const said = found.problems.filter((problem) => (problem.kind ?? kind) === kind);
    for (const problem of said) problems.push(problemText(path, problem));
    await pace();
  }
  return { cases, problems };
}
