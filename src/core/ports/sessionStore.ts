import * as z from 'zod/mini';
import { chatMessage } from './chatMessage.ts';

/** Milliseconds since the epoch. */
const time = z.number().check(z.nonnegative());

export const storedSession = z.object({
  /** Letters, digits, dashes and underscores; unique in a store. */
  id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  createdAt: time,
  updatedAt: time,
  /** Oldest first. An answer that is streaming was being written when the session was saved. */
  messages: z.array(chatMessage),
});

/** A conversation as it is kept. */
export type StoredSession = z.infer<typeof storedSession>;

export interface SessionList {
  /** The one changed last comes first. */
  readonly sessions: readonly Pick<StoredSession, 'id' | 'updatedAt'>[];
  /** What was found that cannot be read, and where it is now: sentences for a person. */
  readonly problems: readonly string[];
}

export interface LoadedSession {
  /** Undefined when there is none of this id, or none that can be read. */
  readonly session: StoredSession | undefined;
  /** As in a list. */
  readonly problems: readonly string[];
}

/**
 * Conversations that outlive the window. One that cannot be read is set aside under a name of its own, said, and never
 * overwritten. Everything rejects with a `StoreUnavailableError` when the place cannot be used.
 */
export interface SessionStore {
  /** Looks at every session there is. */
  list(): Promise<SessionList>;
  load(id: string): Promise<LoadedSession>;
  /** Durable once resolved, as a whole or not at all; of two at once, the later call wins. */
  save(session: StoredSession): Promise<void>;
  /** Nothing that can be read is left of it; unknown ids are ignored. */
  delete(id: string): Promise<void>;
}
