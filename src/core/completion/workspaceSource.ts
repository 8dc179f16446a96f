import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import type { Clock } from '../ports/runtime.ts';
import { settingsDigest } from '../shared/provenance.ts';
import { DEFAULT_THRESHOLD } from './gateWeights.ts';

const SETTINGS = settingsDigest({ 'workspace-model.threshold': DEFAULT_THRESHOLD });

export interface WorkspaceSourceOptions {
  /** Of the workspace model, at its default threshold. */
  readonly complete: (request: CompletionRequest) => Omit<Proposal, 'provenance'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

/** The workspace model as a source: one proposal, made in a few milliseconds without a pause, or none. */
export function createWorkspaceSource({ complete, clock }: WorkspaceSourceOptions): CompletionSource {
  return {
    id: 'workspace-model',
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is for sources that have to wait
    async *propose(request) {
      const startedAt = clock.now();
      const completion = complete(request);
      if (!completion) return;
      const latencyMs = Math.max(0, clock.now() - startedAt);
      yield { ...completion, provenance: { source: 'workspace-model', settings: SETTINGS, latencyMs } };
    },
  };
}
