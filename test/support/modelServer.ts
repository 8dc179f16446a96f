import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { selfSignedCertificate } from './selfSignedCertificate.ts';

/** One request and the answer to it, byte by byte. */
export interface Exchange {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The parsed JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
  /** Begins the answer. Streams are `text/event-stream` unless `headers` say otherwise. */
  begin(headers?: Readonly<Record<string, string>>): void;
  /** Sends bytes and waits until they have left, so that each call is at least one chunk of its own. */
  send(bytes: string | Uint8Array): Promise<void>;
  end(): void;
  /** Breaks the connection without the end that HTTP asks for. */
  cut(): void;
}

export type Answer = (exchange: Exchange) => Promise<void> | void;

/** A local HTTP server whose every answer is scripted, faults included. Answers are given in order; the last one stays. */
export class ModelServer {
  readonly exchanges: Exchange[] = [];
  readonly #server;
  readonly #scheme: 'http' | 'https';
  #answers: readonly Answer[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #failures: unknown[] = [];

  constructor(useTls: boolean) {
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch((error: unknown) => this.#failures.push(error));
    };
    this.#server = useTls ? createTlsServer(selfSignedCertificate, listener) : createServer(listener);
    this.#scheme = useTls ? 'https' : 'http';
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options: { readonly tls?: boolean } = {}): Promise<ModelServer> {
    const server = new ModelServer(options.tls ?? false);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `${this.#scheme}://${this.host}`;
  }

  get host(): string {
    return `localhost:${String((this.#server.address() as AddressInfo).port)}`;
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  answer(...answers: readonly Answer[]): void {
    this.#answers = answers;
  }

  /** Stops at once, and throws what went wrong in an answer. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
    if (this.#failures.length > 0) throw new AggregateError(this.#failures, 'answers failed');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [answer] = this.#answers;
    if (this.#answers.length > 1) this.#answers = this.#answers.slice(1);
    const exchange = await readExchange(request, response);
    this.exchanges.push(exchange);
    await answer?.(exchange);
  }
}

const closings = new WeakMap<Socket, Promise<void>>();

/** One promise a connection, however many requests it carries. */
function closedOf(socket: Socket): Promise<void> {
  const closed =
    closings.get(socket) ?? new Promise<void>((resolve) => socket.once('close', () => resolve()));
  closings.set(socket, closed);
  return closed;
}

async function readExchange(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const { socket } = request;
  const pieces = (await request.toArray()) as Uint8Array[];
  return {
    path: request.url ?? '',
    headers: request.headers,
    body: JSON.parse(Buffer.concat(pieces).toString() || '{}') as Exchange['body'],
    response,
    socket,
    closed: closedOf(socket),
    begin: (headers) => {
      socket.setNoDelay(true);
      response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
      response.flushHeaders();
    },
    send: async (bytes) => {
      await new Promise((resolve) => response.write(bytes, resolve));
      await setImmediate();
    },
    end: () => response.end(),
    cut: () => socket.destroy(),
  };
}
