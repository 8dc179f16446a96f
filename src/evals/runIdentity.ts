import { recipeFor } from '../core/indexing/recipe.ts';
import type { EmbeddingMethod } from '../core/indexing/vectors/embeddingMethod.ts';
import { BUILT_IN } from '../core/models/modelChoice.ts';
import type { Digest } from '../core/ports/runtime.ts';
import { promptName, type PromptVersion } from '../core/shared/provenance.ts';
import type { RunIdentity } from './caseJournal.ts';
import type { EvaluatedModel } from './chatTrial.ts';
import type { SourceFile } from './sourceFile.ts';

export interface IdentityParts {
  readonly hash: Digest;
  readonly method: Pick<EmbeddingMethod, 'id'>;
  readonly model?: EvaluatedModel | undefined;
  readonly program: string;
  /** The wording that the chat's model is asked with. */
  readonly prompt: PromptVersion;
  readonly cases: number;
  readonly seed: number;
  readonly runs: number;
}

/** All that shapes an evaluation's outcomes, so that one that was interrupted is continued by the same one only. */
export function runIdentity(
  files: readonly SourceFile[],
  { hash, method, model, program, prompt, cases, seed, runs }: IdentityParts,
): RunIdentity {
  const encoder = new TextEncoder();
  const contents = files.map(({ path, text }) => `${path}\n${hash(encoder.encode(text))}`).join('\n');
  return {
    program,
    files: hash(encoder.encode(contents)),
    recipe: recipeFor(method.id),
    seed,
    wanted: cases,
    model: model?.chat.id ?? BUILT_IN,
    prompt: promptName(prompt),
    runs,
  };
}
