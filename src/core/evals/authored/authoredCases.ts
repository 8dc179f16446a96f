import type { ChatCase, CompletionCase, RetrievalCase } from '../evalCase.ts';
import type { SourceFile } from '../sourceFile.ts';
import type { Workspace } from '../workspace.ts';
import { isCaseFile } from './caseFilePath.ts';
import { problemText } from './caseProblem.ts';
import { casesOfFile } from './casesOfFile.ts';

/** The cases that people have written into `*.eval.yaml` files of a workspace. */
export interface AuthoredCases {
  readonly chat: readonly ChatCase[];
  readonly retrieval: readonly RetrievalCase[];
  readonly completion: readonly CompletionCase[];
  /** What could not be read: file, line, and what to do, a line each. */
  readonly problems: readonly string[];
}

/** Reads them all. What is wrong in one never keeps the others from being asked. */
export async function authoredCases({ files }: Workspace, pace: () => Promise<void>): Promise<AuthoredCases> {
  const byPath = new Map<string, SourceFile>(files.map((file) => [file.path, file]));
  const chat: ChatCase[] = [];
  const retrieval: RetrievalCase[] = [];
  const completion: CompletionCase[] = [];
  const problems: string[] = [];
  for (const { path, text } of files.filter((file) => isCaseFile(file.path))) {
    const found = casesOfFile(path, text, (at) => byPath.get(at));
    chat.push(...found.chat);
    retrieval.push(...found.retrieval);
    completion.push(...found.completion);
    problems.push(...found.problems.map((problem) => problemText(path, problem)));
    await pace();
  }
  return { chat, retrieval, completion, problems };
}
