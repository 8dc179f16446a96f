import { STREAM_WINDOW, type Reply, type Request } from './messages.ts';
import { RemoteError, toWireError } from './wireError.ts';

export interface ResponderOptions {
  /** Its methods are run as soon as a message arrives, so in the order in which they were called. */
  readonly service: object;
  readonly post: (reply: Reply) => void;
  /** Called with what an event throws: nobody waits for it. */
  readonly onEventError: (error: unknown, method: string) => void;
}

type Started<Kind extends 'call' | 'stream'> = Extract<Request, { readonly kind: Kind }>;
type Event = Extract<Request, { readonly kind: 'event' }>;

interface Running {
  cancel(reason: Error): void;
  grant(items: number): void;
}

/** The half of a connection that answers. */
export class Responder {
  readonly #options: ResponderOptions;
  readonly #running = new Map<number, Running>();

  constructor(options: ResponderOptions) {
    this.#options = options;
  }

  /** Calls and streams that have neither ended nor been cancelled. */
  get running(): number {
    return this.#running.size;
  }

  receive(request: Request): void {
    switch (request.kind) {
      case 'event':
        void this.#handle(request);
        break;
      case 'call':
        void this.#answer(request);
        break;
      case 'stream':
        void this.#produce(request);
        break;
      case 'credit':
        this.#running.get(request.id)?.grant(request.items);
        break;
      case 'cancel': {
        const cancelled = this.#running.get(request.id);
        this.#running.delete(request.id);
        cancelled?.cancel(new RemoteError(request.reason));
        break;
      }
    }
  }

  /** Cancels what is running. */
  close(reason: Error): void {
    const cancelled = [...this.#running.values()];
    this.#running.clear();
    for (const each of cancelled) each.cancel(reason);
  }

  async #handle({ method, args }: Event): Promise<void> {
    try {
      await invoke(this.#options.service, method, args);
    } catch (error) {
      this.#options.onEventError(error, method);
    }
  }

  async #answer(request: Started<'call'>): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    const cancel = (reason: Error) => {
      controller.abort(reason);
    };
    this.#running.set(id, { cancel, grant: () => undefined });
    try {
      const value = await this.#start(request, controller.signal);
      this.#finish({ kind: 'result', id, value });
    } catch (error) {
      this.#finish({ kind: 'error', id, error: toWireError(error) });
    }
  }

  async #produce(request: Started<'stream'>): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    const credit = new Credit(STREAM_WINDOW);
    let iterator: AsyncIterator<unknown, unknown> | undefined;
    const cancel = (reason: Error) => {
      controller.abort(reason);
      credit.grant(Infinity);
      void endEarly(iterator);
    };
    this.#running.set(id, {
      cancel,
      grant: (items) => {
        credit.grant(items);
      },
    });
    try {
      const items = this.#start(request, controller.signal) as AsyncIterable<unknown, unknown>;
      iterator = items[Symbol.asyncIterator]();
      while (this.#running.has(id)) {
        const { done, value } = await iterator.next();
        if (done === true) {
          this.#finish({ kind: 'end', id, value });
          return;
        }
        if (this.#running.has(id)) this.#options.post({ kind: 'item', id, value });
        await credit.spend();
      }
    } catch (error) {
      // Also an item that cannot be copied, whose producer is still there.
      if (this.#running.has(id)) void endEarly(iterator);
      this.#finish({ kind: 'error', id, error: toWireError(error) });
    }
  }

  #start({ method, args, hasSignal }: Started<'call' | 'stream'>, signal: AbortSignal): unknown {
    return invoke(this.#options.service, method, hasSignal ? [...args, signal] : args);
  }

  /** Says how it ended, unless it was cancelled: then nobody asks any more. */
  #finish(reply: Reply): void {
    const { post } = this.#options;
    if (!this.#running.delete(reply.id)) return;
    try {
      post(reply);
    } catch (error) {
      // The value cannot be copied.
      post({ kind: 'error', id: reply.id, error: toWireError(error) });
    }
  }
}

/** How many more items of a stream may be sent. */
class Credit {
  #left: number;
  #wake: (() => void) | undefined;

  constructor(items: number) {
    this.#left = items;
  }

  grant(items: number): void {
    this.#left += items;
    this.#wake?.();
  }

  /** Pays for an item, then waits until the next one can be paid for. */
  async spend(): Promise<void> {
    this.#left -= 1;
    if (this.#left > 0) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** The producer cleans up in its own time; nobody is left to hear of it if it cannot. */
async function endEarly(iterator: AsyncIterator<unknown, unknown> | undefined): Promise<void> {
  try {
    await iterator?.return?.();
  } catch {
    // As said.
  }
}

function invoke(service: object, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(service, name);
  if (typeof method !== 'function') throw new TypeError(`There is no method ${name} at this end.`);
  // eslint-disable-next-line bounded/spread -- they were arguments at the other end
  return Reflect.apply(method, service, args);
}
