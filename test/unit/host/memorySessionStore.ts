import {
  storedSession,
  type LoadedSession,
  type SessionList,
  type SessionStore,
  type StoredSession,
} from '../../../src/core/ports/sessionStore.ts';

/** Sessions in memory, as JSON. */
export class MemorySessionStore implements SessionStore {
  readonly problems: string[] = [];
  /** Everything rejects with it. */
  failure: Error | undefined;
  saves = 0;
  readonly #sessions = new Map<string, string>();

  get ids(): readonly string[] {
    return [...this.#sessions.keys()];
  }

  put(...sessions: readonly StoredSession[]): void {
    for (const session of sessions) this.#sessions.set(session.id, JSON.stringify(session));
  }

  get(id: string): StoredSession | undefined {
    const text = this.#sessions.get(id);
    return text === undefined ? undefined : storedSession.parse(JSON.parse(text));
  }

  async list(): Promise<SessionList> {
    await this.#work();
    const sessions = this.ids.flatMap((id) => this.get(id) ?? []).sort((a, b) => b.updatedAt - a.updatedAt);
    return { sessions, problems: this.problems };
  }

  async load(id: string): Promise<LoadedSession> {
    await this.#work();
    return { session: this.get(id), problems: [] };
  }

  async save(session: StoredSession): Promise<void> {
    this.saves++;
    const text = JSON.stringify(session);
    await this.#work();
    this.#sessions.set(session.id, text);
  }

  async delete(id: string): Promise<void> {
    await this.#work();
    this.#sessions.delete(id);
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
  }
}
