import { STREAM_WINDOW, type Reply, type Request } from './messages.ts';
import type { MethodKinds, Remote } from './remote.ts';
import { RemoteError, toWireError } from './wireError.ts';

interface Pending {
  receive(reply: Reply): void;
  fail(error: Error): void;
}

type Method = (...args: readonly unknown[]) => unknown;

/** The half of a connection that calls. */
export class Caller<There extends object> {
  readonly remote: Remote<There>;
  readonly #kinds: ReadonlyMap<string, unknown>;
  readonly #post: (request: Request) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #closedBy: Error | undefined;

  constructor(kinds: MethodKinds<There>, post: (request: Request) => void) {
    this.#kinds = new Map(Object.entries(kinds));
    this.#post = post;
    this.remote = methodsByName((name) => this.#method(name)) as Remote<There>;
  }

  /** Calls and streams that have been started and have not ended. */
  get pending(): number {
    return this.#pending.size;
  }

  receive(reply: Reply): void {
    this.#pending.get(reply.id)?.receive(reply);
  }

  /** Rejects all that is pending, and all that is started later; events are dropped from now on. */
  close(error: Error): void {
    this.#closedBy ??= error;
    const failing = [...this.#pending.values()];
    this.#pending.clear();
    for (const each of failing) each.fail(error);
  }

  #method(name: string): Method {
    const kind = this.#kinds.get(name);
    if (kind === 'stream') return (...args) => this.#stream(name, args);
    if (kind !== 'event') return (...args) => this.#call(name, args);
    return (...args) => {
      this.#post({ kind: 'event', method: name, args });
    };
  }

  async #call(method: string, all: readonly unknown[]): Promise<unknown> {
    const { args, signal } = splitSignal(all);
    this.#throwIfUseless(signal);
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const receive = (reply: Reply) => {
      if (reply.kind === 'error') reject(new RemoteError(reply.error));
      else resolve(reply.value);
    };
    this.#pending.set(id, { receive, fail: reject });
    const onAbort = () => {
      this.#cancel(id, signal?.reason);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      this.#post({ kind: 'call', id, method, args, hasSignal: signal !== undefined });
      return await promise;
    } finally {
      this.#pending.delete(id);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async *#stream(method: string, all: readonly unknown[]): AsyncGenerator {
    const { args, signal } = splitSignal(all);
    this.#throwIfUseless(signal);
    const id = ++this.#lastId;
    const inbox = new Inbox();
    this.#pending.set(id, inbox);
    const onAbort = () => {
      this.#cancel(id, signal?.reason);
      inbox.abort(signal?.reason as Error);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      this.#post({ kind: 'stream', id, method, args, hasSignal: signal !== undefined });
      for (let taken = 1; ; taken++) {
        const reply = await inbox.take();
        if (reply.kind !== 'item') this.#pending.delete(id);
        if (reply.kind === 'error') throw new RemoteError(reply.error);
        if (reply.kind !== 'item') return reply.value;
        if (taken % CREDIT === 0) this.#grantCredit(id);
        yield reply.value;
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#cancel(id, new DOMException('The reader of the stream has left.', 'AbortError'));
    }
  }

  #throwIfUseless(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#closedBy) throw this.#closedBy;
  }

  #grantCredit(id: number): void {
    if (this.#pending.has(id)) this.#post({ kind: 'credit', id, items: CREDIT });
  }

  /** Does nothing once the call or the stream has ended. */
  #cancel(id: number, reason: unknown): void {
    if (this.#pending.delete(id)) this.#post({ kind: 'cancel', id, reason: toWireError(reason) });
  }
}

/** Items that are granted at a time. */
const CREDIT = STREAM_WINDOW / 2;

/** Replies that wait for the reader of a stream. */
class Inbox implements Pending {
  readonly #replies: Reply[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  receive(reply: Reply): void {
    this.#replies.push(reply);
    this.#wake?.();
  }

  /** What has arrived is still read; then reading rejects. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  /** Reading rejects at once. */
  abort(reason: Error): void {
    this.#replies.length = 0;
    this.fail(reason);
  }

  /** For one reader that waits for one reply at a time. */
  async take(): Promise<Reply> {
    for (;;) {
      const reply = this.#replies.shift();
      if (reply) return reply;
      if (this.#failure) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function splitSignal(all: readonly unknown[]): {
  readonly args: readonly unknown[];
  readonly signal: AbortSignal | undefined;
} {
  const last = all.at(-1);
  return last instanceof AbortSignal
    ? { args: all.slice(0, -1), signal: last }
    : { args: all, signal: undefined };
}

/** An object that has every method; the same one each time. */
function methodsByName(methodOf: (name: string) => Method): object {
  const methods = new Map<string, Method>();
  return new Proxy(Object.freeze({}), {
    get(_, name) {
      // Whoever awaits or prints the object means no call.
      if (typeof name !== 'string' || name === 'then') return undefined;
      const method = methods.get(name) ?? methodOf(name);
      methods.set(name, method);
      return method;
    },
  });
}
