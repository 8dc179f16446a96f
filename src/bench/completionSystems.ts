import type { CompletionRequest } from '../core/ports/completionSource.ts';
import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import { type CompletionBaseline, type Guess, LongestMatch } from './baselines/longestMatch.ts';

export type CompletionBaselineName = 'longest-match' | 'same-file' | 'nearest-word';

export const COMPLETION_BASELINES: readonly CompletionBaselineName[] = [
  'longest-match',
  'same-file',
  'nearest-word',
];

/** Everything that completes lines side by side, nothing learnt yet. */
export interface CompletionSystems {
  readonly ours: WorkspaceModel;
  readonly baselines: Readonly<Record<CompletionBaselineName, CompletionBaseline>>;
}

export function createCompletionSystems(): CompletionSystems {
  return {
    ours: new WorkspaceModel(),
    baselines: {
      'longest-match': new LongestMatch('workspace'),
      'same-file': new LongestMatch('file'),
      'nearest-word': new NearestWord(),
    },
  };
}

const WORDS = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

const TYPED = /[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * The first entry of an editor's word-based suggestions: of the words in the open file that begin with the letters
 * typed, the one nearest to the cursor. Nothing until a letter is typed, and never more than one word.
 */
export class NearestWord implements CompletionBaseline {
  addFile(): void {
    // Words come from the open file alone.
  }

  guess({ text, offset }: CompletionRequest): Guess | undefined {
    const [typed = ''] = TYPED.exec(text.slice(0, offset).slice(-200)) ?? [];
    if (typed === '') return undefined;
    const found = [...text.matchAll(WORDS)].filter(
      ({ index, 0: word }) =>
        word.length > typed.length && word.startsWith(typed) && index !== offset - typed.length,
    );
    const distanceTo = (match: RegExpExecArray): number => Math.abs(match.index - offset);
    const [nearest] = found.sort((a, b) => distanceTo(a) - distanceTo(b));
    if (!nearest) return undefined;
    const [word] = nearest;
    const alike = found.filter(([other]) => other === word).length;
    return {
      text: word.slice(typed.length),
      features: [
        1,
        Math.log(1 + distanceTo(nearest)),
        Math.log(typed.length),
        Math.log(1 + word.length - typed.length),
        Math.log(alike),
        Math.log(found.length),
      ],
    };
  }
}
