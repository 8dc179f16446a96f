import type { Conversation } from '../../core/chat/conversation.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { SessionStore } from '../../core/ports/sessionStore.ts';

export interface SessionKeeperOptions {
  readonly store: SessionStore;
  readonly newId: () => string;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Tells a person what is wrong with what is kept. */
  readonly onProblem: (problem: string) => void;
}

/** What may be lost of an answer when the window is killed while it is written. */
const SAVE_EVERY_MS = 2_000;

/** Keeps the conversation of a window in a store: one session, from its first question until it is cleared. */
export class SessionKeeper {
  readonly #options: SessionKeeperOptions;
  #session: { readonly id: string; readonly createdAt: number } | undefined;
  /** Nothing is saved before, so that it cannot take the place of what is there. */
  #isRestored = false;
  #latest: Conversation = [];
  #isDirty = false;
  #saving: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SessionKeeperOptions) {
    this.#options = options;
  }

  /**
   * The conversation of before; empty when there was none, when it cannot be read, and when it is not wanted any more.
   * The caller tells what is to be kept then: nothing is saved by itself.
   */
  async restore(isWanted: () => boolean): Promise<Conversation> {
    const { store, log, onProblem } = this.#options;
    try {
      const { sessions, problems } = await store.list();
      for (const problem of problems) onProblem(problem);
      const [newest] = sessions;
      if (!newest) return [];
      if (!isWanted()) {
        await store.delete(newest.id);
        return [];
      }
      const { session } = await store.load(newest.id);
      this.#session = session;
      return session?.messages ?? [];
    } catch (error) {
      log.warn('Could not read the last conversation', error);
      return [];
    } finally {
      this.#isRestored = true;
    }
  }

  /** Takes note of what is to be kept now; the next save has it. Urgent is what no part of an answer will follow soon. */
  changed(conversation: Conversation, isUrgent: boolean): void {
    this.#latest = conversation;
    this.#isDirty = true;
    if (isUrgent) void this.#save();
    else
      this.#cancelTimer ??= this.#options.clock.setTimer(() => {
        void this.#save();
      }, SAVE_EVERY_MS);
  }

  /** Resolves when all that was told is kept, or could not be. */
  async flush(): Promise<void> {
    await this.#save();
  }

  /** One save at a time; what changes meanwhile is saved after it. */
  async #save(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.#isRestored) return;
    await (this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = undefined;
    }));
  }

  async #saveAll(): Promise<void> {
    while (this.#isDirty) {
      this.#isDirty = false;
      try {
        await this.#saveLatest();
      } catch (error) {
        this.#options.log.warn('Could not keep the conversation', error);
      }
    }
  }

  async #saveLatest(): Promise<void> {
    const { store, newId, clock } = this.#options;
    const messages = this.#latest;
    if (messages.length === 0) {
      const session = this.#session;
      this.#session = undefined;
      if (session) await store.delete(session.id);
      return;
    }
    const updatedAt = clock.now();
    const { id, createdAt } = (this.#session ??= { id: newId(), createdAt: updatedAt });
    await store.save({ id, createdAt, updatedAt, messages: [...messages] });
  }
}
