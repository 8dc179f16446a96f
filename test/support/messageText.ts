import { textOf, type ChatMessage } from '../../src/core/ports/models.ts';

/** The text of a message, empty when there is none. */
export const messageText = (message: ChatMessage | undefined): string => (message ? textOf(message) : '');
