import type { CompletionCase } from '../evalCase.ts';
import type { CaseSource, Workspace } from '../workspace.ts';
import { createMaskSource } from './maskSource.ts';

/**
 * Hides rests of lines that a file did not have in an older version of the workspace, wherever they stand and however
 * they are indented: code that nobody who learnt from the older version has seen.
 */
export function createAddedLinesSource(seed: number, older: Workspace): CaseSource<CompletionCase> {
  const masks = createMaskSource(seed);
  const known = new Map(
    older.files.map(({ path, lines }) => [path, new Set(lines.map((line) => line.trim()))]),
  );
  return {
    id: 'added-lines',
    label: 'Rest of a line that the newer version adds',
    casesIn(file, workspace) {
      const old = known.get(file.path);
      return masks
        .casesIn(file, workspace)
        .filter(({ line }) => !old?.has((file.lines[line - 1] ?? '').trim()));
    },
  };
}
