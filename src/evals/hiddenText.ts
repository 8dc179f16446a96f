import { lineStarts } from '../core/text/lines.ts';
import { isCaseFile } from './authored/caseFilePath.ts';
import type { Hidden } from './evalCase.ts';
import type { SourceFile } from './sourceFile.ts';

export interface IndexedText {
  readonly path: string;
  readonly text: string;
}

/**
 * The files as the index may see them. One index serves all cases of a run: whatever any case is made from is hidden
 * from all of them, comments as blank lines, so that line numbers stay what they are, and tests as whole files. An
 * index for each case would cost its building time as many times over. The price is that a question cannot be
 * answered through another case's comment either, which makes the questions harder, if anything. Files of cases are
 * never seen: they hold questions beside their answers.
 */
export function hideCases(files: readonly SourceFile[], hidden: readonly Hidden[]): readonly IndexedText[] {
  const byPath = Map.groupBy(hidden, ({ path }) => path);
  return files.flatMap(({ path, text }) => {
    if (isCaseFile(path)) return [];
    const parts = byPath.get(path);
    if (!parts) return [{ path, text }];
    return parts.some(({ lines }) => lines === undefined) ? [] : [{ path, text: blankLines(text, parts) }];
  });
}

function blankLines(text: string, parts: readonly Hidden[]): string {
  const blank = new Set<number>();
  for (const { lines } of parts) {
    for (let line = lines?.startLine ?? 1; line <= (lines?.endLine ?? 0); line++) blank.add(line);
  }
  const starts = lineStarts(text);
  return starts
    .map((start, index) => {
      const line = text.slice(start, starts[index + 1]);
      return blank.has(index + 1) ? line.replace(/[^\r\n]+/, '') : line;
    })
    .join('');
}
