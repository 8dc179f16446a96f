import type { SourceFile } from '../sourceFile.ts';
import type { Workspace } from '../workspace.ts';
import { isCaseFile } from './caseFilePath.ts';
import type { CaseKind } from './caseFileSchema.ts';
import { problemText } from './caseProblem.ts';
import { casesOfFile, type CasesByKind } from './casesOfFile.ts';

/** The cases of one kind that people have written into `*.eval.yaml` files of a workspace. */
export interface AuthoredCases<K extends CaseKind> {
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
