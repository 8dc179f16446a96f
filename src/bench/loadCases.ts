import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawCompletionCases } from '../evals/completionCases.ts';
import { drawRetrievalCases } from '../evals/retrievalCases.ts';
import { SourceFile } from '../evals/sourceFile.ts';
import { createMaskSource } from '../evals/sources/maskSource.ts';
import { surveyWorkspace } from '../evals/workspace.ts';
import { createTimeSlice } from '../core/async/timeSlice.ts';
import type { CompletionRequest } from '../core/ports/completionSource.ts';
import { pickFiles } from './pickFiles.ts';

/** Cases are drawn from so many of the files: reading all of a large workspace would take longer than measuring it. */
const SAMPLE = 300;

export interface LoadCases {
  readonly questions: readonly string[];
  readonly completions: readonly LoadCompletion[];
}

/** A line whose rest was taken away. */
export interface LoadCompletion {
  /** Before that, with the cursor at the line's end. */
  readonly whole: CompletionRequest;
  readonly cut: CompletionRequest;
}

/** Questions and places for completions, made from a folder's own code; the same for the same seed. */
export async function loadCases(
  root: string,
  paths: readonly string[],
  { count, seed, signal }: { readonly count: number; readonly seed: number; readonly signal: AbortSignal },
): Promise<LoadCases> {
  const pace = createTimeSlice(signal);
  const sample = pickFiles(
    paths.map((path) => ({ path })),
    SAMPLE,
    seed,
  );
  const files: SourceFile[] = [];
  for (const { path } of sample) files.push(new SourceFile(path, await readFile(join(root, path), 'utf8')));
  const workspace = await surveyWorkspace(files, pace);
  const { cases: questions } = await drawRetrievalCases(workspace, { count, seed }, pace);
  const source = createMaskSource(seed);
  const { cases: masks } = await drawCompletionCases(workspace, { count, seed, source }, pace);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    questions: questions.map(({ question }) => question),
    completions: masks.map(({ path, offset, lineEnd }) => {
      const text = texts.get(path) ?? '';
      return {
        whole: { path, text, offset: lineEnd },
        cut: { path, text: text.slice(0, offset) + text.slice(lineEnd), offset },
      };
    }),
  };
}
