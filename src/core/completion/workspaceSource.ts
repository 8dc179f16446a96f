import type { CompletionRequest, CompletionSource, Proposal } from '../ports/completionSource.ts';
import type { Clock, Digest } from '../ports/runtime.ts';
import { settingsDigest } from '../shared/provenance.ts';
import { DEFAULT_THRESHOLD } from './gateWeights.ts';

export interface WorkspaceSourceOptions {
  /** Of the workspace model, at its default threshold. */
  readonly complete: (request: CompletionRequest) => Omit<Proposal, 'provenance'> | undefined;
  readonly clock: Pick<Clock, 'now'>;
  readonly digest: Digest;
}

/** The workspace model as a source: one proposal, made in a few milliseconds without a pause, or none. */
export function createWorkspaceSource({ complete, clock, digest }: WorkspaceSourceOptions): CompletionSource {
  const settings = settingsDigest({ threshold: DEFAULT_THRESHOLD }, digest);
  return {
    id: 'workspace-model',
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is for sources that have to wait
    async *propose(request) {
      const startedAt = clock.now();
      const completion = complete(request);
      if (!completion) return;
      const latencyMs = Math.max(0, clock.now() - startedAt);
      yield { ...completion, provenance: { source: 'workspace-model', settings, latencyMs } };
    },
  };
}
