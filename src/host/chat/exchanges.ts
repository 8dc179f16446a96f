import type { Exchange } from '../../core/prompts/exchange.ts';
import type { Conversation } from './conversation.ts';

/** A model hardly looks further back, and every question sends them all. */
const MOST = 4;
/** UTF-16 units; the prompt cuts further when it must. */
const LONGEST_ANSWER = 8_000;

/** What was asked and answered lately, oldest first; what was never answered is left out. */
export function recentExchanges(conversation: Conversation): readonly Exchange[] {
  return conversation
    .flatMap((message, at) => {
      const question = conversation[at - 1];
      if (message.role !== 'assistant' || question?.role !== 'user') return [];
      if (message.state === 'streaming' || message.text.trim() === '') return [];
      return [{ question: question.text, answer: message.text.slice(0, LONGEST_ANSWER) }];
    })
    .slice(-MOST);
}
