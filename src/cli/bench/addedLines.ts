import type { CaseSource } from '../../core/evals/caseSource.ts';
import type { CompletionCase } from '../../core/evals/evalCase.ts';
import type { Workspace } from '../../core/evals/workspace.ts';

/** Of the cases that `source` gives, those in lines that the same file did not have in the older version. */
export function inAddedLines(
  source: CaseSource<CompletionCase>,
  older: Workspace,
): CaseSource<CompletionCase> {
  const known = new Map(
    older.files.map(({ path, lines }) => [path, new Set(lines.map((line) => line.trim()))]),
  );
  return {
    ...source,
    casesIn(file, workspace) {
      const old = known.get(file.path);
      return source
        .casesIn(file, workspace)
        .filter(({ line }) => !old?.has((file.lines[line - 1] ?? '').trim()));
    },
  };
}
