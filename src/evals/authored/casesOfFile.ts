import type { ChatCase, CompletionCase, EvalCase, Place, RetrievalCase } from '../evalCase.ts';
import { SourceFile } from '../sourceFile.ts';
import { stableId } from '../stableHash.ts';
import type { CaseKind, CompletionEntry } from './caseFileSchema.ts';
import type { ValuePath } from './caseFileText.ts';
import type { CaseProblem } from './caseProblem.ts';
import { completionPlace } from './completionPlace.ts';
import { parseCaseFile, type ParsedCaseFile } from './parseCaseFile.ts';
import { noFile, resolveGold, type FileAt } from './resolveGold.ts';

/** Id and label of the case source. */
export const AUTHORED = 'authored';
export const AUTHORED_LABEL = 'Written by people';

export interface CasesByKind {
  readonly chat: ChatCase;
  readonly retrieval: RetrievalCase;
  readonly completion: CompletionCase;
}

export interface FileCases {
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
