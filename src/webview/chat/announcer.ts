import type { AnswerMessage, ChatMessage } from '../../core/ports/chatMessage.ts';
import { answerText } from '../../core/chat/conversation.ts';
import { Sentences } from './sentences.ts';

/** Sentences that arrive within this time are announced together. */
const GATHER_MS = 300;
/** A live region is read when it grows; what is older has been read or will never be. */
const KEPT_PARAGRAPHS = 8;

/** Reads answers aloud through a polite live region, sentence by sentence, while they are written. */
export class Announcer {
  readonly #region: HTMLElement;
  #messageId: string | undefined;
  #sentences = new Sentences();
  #length = 0;
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Takes the newest message. An answer that was finished before it was first seen is not read. */
  update(message: ChatMessage | undefined): void {
    if (message?.role !== 'assistant') {
      this.#messageId = undefined;
    } else if (message.state === 'streaming') {
      if (message.id !== this.#messageId) this.#start(message.id);
      this.#say(this.#sentences.push(this.#added(message)));
    } else if (message.id === this.#messageId) {
      this.#messageId = undefined;
      this.#say([
        ...this.#sentences.push(this.#added(message)),
        ...this.#sentences.finish(),
        ending(message),
      ]);
    }
  }

  #added(message: AnswerMessage): string {
    const text = answerText(message);
    const added = text.slice(this.#length);
    this.#length = text.length;
    return added;
  }

  #start(id: string): void {
    this.#messageId = id;
    this.#sentences = new Sentences();
    this.#length = 0;
  }

  #say(sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    for (const sentence of sentences) this.#waiting.push(sentence);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const paragraph = document.createElement('p');
      paragraph.textContent = this.#waiting.join(' ');
      this.#waiting = [];
      this.#region.append(paragraph);
      while (this.#region.childElementCount > KEPT_PARAGRAPHS) this.#region.firstElementChild?.remove();
    }, GATHER_MS);
  }
}

function ending({ state, note, citations }: AnswerMessage): string {
  if (state !== 'done') return note;
  const count = citations.length === 1 ? '1 source' : `${citations.length} sources`;
  return `Answer complete, ${count}.`;
}
