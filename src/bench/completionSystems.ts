import { WorkspaceModel } from '../core/completion/workspaceModel.ts';
import type { CompletionBaseline } from './baselines/completionBaseline.ts';
import { LongestMatch } from './baselines/longestMatch.ts';
import { NearestWord } from './baselines/nearestWord.ts';

export type CompletionBaselineName = 'longest-match' | 'same-file' | 'nearest-word';

export const COMPLETION_BASELINES: readonly CompletionBaselineName[] = [
  'longest-match',
  'same-file',
  'nearest-word',
];

/** Everything that completes lines side by side, nothing learnt yet. Ours shows its best whatever its confidence. */
export interface CompletionSystems {
  readonly ours: WorkspaceModel;
  readonly baselines: Readonly<Record<CompletionBaselineName, CompletionBaseline>>;
}

export function createCompletionSystems(): CompletionSystems {
  return {
    ours: new WorkspaceModel({ threshold: 0 }),
    baselines: {
      'longest-match': new LongestMatch('workspace'),
      'same-file': new LongestMatch('file'),
      'nearest-word': new NearestWord(),
    },
  };
}
