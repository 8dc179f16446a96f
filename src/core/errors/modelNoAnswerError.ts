import type { StopReason } from '../shared/modelUsage.ts';
import { ModelError } from './modelError.ts';

const MESSAGES: Readonly<Record<StopReason, string>> = {
  stop: 'sent an empty answer. Try again, or choose another model.',
  length: 'reached its limit of tokens before it wrote anything. Choose a model that thinks less.',
  filter: 'refused to answer this. Ask in another way, or choose another model.',
  other: 'wanted something else than to answer. Try again, or choose another model.',
};

/** The model finished properly and had written nothing. */
export class ModelNoAnswerError extends ModelError {
  override readonly name = 'ModelNoAnswerError';
  readonly code = 'model-no-answer';
  readonly isTransient = false;
  readonly isOutage = false;

  constructor(endpoint: string, stopReason: StopReason) {
    super(endpoint, `${endpoint} ${MESSAGES[stopReason]}`);
  }
}
