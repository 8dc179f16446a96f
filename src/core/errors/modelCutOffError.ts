import { ModelError } from './modelError.ts';

/** An answer ended in the middle. The parts that came before it are good and stay with whoever received them. */
export class ModelCutOffError extends ModelError {
  override readonly name = 'ModelCutOffError';
  readonly code = 'model-cut-off';
  readonly isTransient = true;
  readonly isOutage = true;
  /** UTF-16 units of text that had arrived. */
  readonly receivedLength: number;

  constructor(endpoint: string, receivedLength: number, options?: { readonly cause?: unknown }) {
    super(endpoint, `The answer of ${endpoint} broke off in the middle. Ask again to get the rest.`, options);
    this.receivedLength = receivedLength;
  }
}
