import type { Answer } from './answer.ts';

/** What happens while a question is answered. The last event, and only that, is `done`, or else the stream rejects. */
export type AnswerEvent<Answered extends Answer = Answer> =
  /** The next part of the answer's text. */
  | { readonly type: 'text'; readonly text: string }
  /** The whole answer, whose text takes the place of the parts. */
  | { readonly type: 'done'; readonly answer: Answered };

/** For those who do not want to watch it being written. */
export async function wholeAnswer<Answered extends Answer>(
  events: AsyncIterable<AnswerEvent<Answered>>,
): Promise<Answered> {
  for await (const event of events) {
    if (event.type === 'done') return event.answer;
  }
  throw new Error('The answer ended before it was done.');
}
