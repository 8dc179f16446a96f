import { ModelError } from './modelError.ts';

/** Waiting for the first text, for the next, or for the whole answer. */
export type ModelDeadline = 'first-token' | 'idle' | 'total';

const WHAT: Readonly<Record<ModelDeadline, string>> = {
  'first-token': 'did not begin to answer within',
  idle: 'fell silent in the middle of its answer for',
  total: 'did not finish its answer within',
};

/** A deadline of ours passed. It is not tried again: whoever waits has waited long enough to be asked. */
export class ModelTimeoutError extends ModelError {
  override readonly name = 'ModelTimeoutError';
  readonly code = 'model-timeout';
  readonly isTransient = false;
  readonly isOutage: boolean;
  readonly deadline: ModelDeadline;

  constructor(endpoint: string, deadline: ModelDeadline, limitMs: number) {
    const limit = `${String(Math.round(limitMs / 100) / 10)} s`;
    super(endpoint, `${endpoint} ${WHAT[deadline]} ${limit}. Try again, or choose a faster model.`);
    this.deadline = deadline;
    // An answer that is merely long says nothing against the endpoint.
    this.isOutage = deadline !== 'total';
  }
}
