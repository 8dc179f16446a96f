import { Caller } from './caller.ts';
import type { Reply, Request } from './messages.ts';
import type { MethodKinds, Remote } from './remote.ts';
import { Responder } from './responder.ts';

/** One end of anything that carries structured clones both ways, in order: a message port, a worker. */
export interface Link {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

export interface ConnectionOptions<There extends object> {
  /** Which of the other end's methods are no calls. */
  readonly kinds: MethodKinds<There>;
  /** Makes what the other end may call. */
  readonly serve: (remote: Remote<There>) => object;
  /** Called with what an event of this end throws: nobody waits for it. */
  readonly onEventError: (error: unknown, method: string) => void;
}

/** This end of a pair of connections over one link. */
export interface Connection<There extends object> {
  /**
   * The other end's methods. What is sent by one order of calls arrives in that order, a stream when its first item is
   * asked for. A call or a stream rejects with
   *
   * - what was thrown there, as a `RemoteError`;
   * - the reason of its signal, as soon as that aborts; the signal that the method got there aborts too, and nothing is
   *   sent when it was aborted before;
   * - the error that this end is closed with.
   *
   * Leaving a stream early ends its producer, which is not waited for: its signal aborts and its `finally` runs.
   * Nothing has a time limit.
   */
  readonly remote: Remote<There>;
  /** Calls and streams that have not ended, in both directions. */
  readonly pending: number;
  readonly isClosed: boolean;
  /** Ends everything, now and later, with `error`; the link itself is the owner's. Closing again changes nothing. */
  close(error: Error): void;
}

export function connect<There extends object>(
  link: Link,
  { kinds, serve, onEventError }: ConnectionOptions<There>,
): Connection<There> {
  let isClosed = false;
  const post = (message: Request | Reply) => {
    if (!isClosed) link.post(message);
  };
  const caller = new Caller<There>(kinds, post);
  const responder = new Responder({ service: serve(caller.remote), post, onEventError });
  link.onMessage((data) => {
    if (isClosed) return;
    // Both ends come out of one build: see docs/decisions/2026-11-20-worker-messages-unvalidated.md.
    const message = data as Request | Reply;
    switch (message.kind) {
      case 'result':
      case 'item':
      case 'end':
      case 'error':
        caller.receive(message);
        break;
      case 'event':
      case 'call':
      case 'stream':
      case 'credit':
      case 'cancel':
        responder.receive(message);
        break;
    }
  });
  return {
    remote: caller.remote,
    get pending() {
      return caller.pending + responder.running;
    },
    get isClosed() {
      return isClosed;
    },
    close(error) {
      if (isClosed) return;
      isClosed = true;
      caller.close(error);
      responder.close(error);
    },
  };
}
