import { TouchstoneError } from './touchstoneError.ts';

/** Even the parts of a prompt that cannot be left out are more than the model may be sent. */
export class PromptTooLongError extends TouchstoneError {
  override readonly name = 'PromptTooLongError';
  readonly code = 'prompt-too-long';

  constructor(tokens: number, budgetTokens: number) {
    super(
      `The prompt needs ${tokens} tokens and the model may be sent ${budgetTokens}. Choose a model with a larger context.`,
    );
  }
}
