import { ModelServer, type Exchange } from './modelServer.ts';
import { anthropicWire, completionsWire, openaiWire, type ModelWire } from './modelWire.ts';

/** What to say to one question, and how it ends. */
export interface Script {
  readonly chunks: readonly string[];
  /** `die` breaks the connection after the last chunk; `hold` waits for `release` and then finishes. */
  readonly ending?: 'finish' | 'die' | 'hold';
  /** Refuses with this status in place of an answer. */
  readonly status?: number;
}

/** A provider for tests of the whole product. It speaks both wire formats, whichever it is asked in. */
export class FakeProvider {
  readonly #server: ModelServer;
  #scripts: readonly Script[] = [];
  #release = Promise.withResolvers<undefined>();

  constructor(server: ModelServer) {
    this.#server = server;
    server.answer((exchange) => this.#play(exchange));
  }

  static async start(): Promise<FakeProvider> {
    return new FakeProvider(await ModelServer.start());
  }

  /** To be configured as the base URL. */
  get baseUrl(): string {
    return `${this.#server.url}/v1`;
  }

  /** Bodies of the requests so far. */
  get questions(): readonly Exchange['body'][] {
    return this.#server.exchanges.map(({ body }) => body);
  }

  get openConnections(): number {
    return this.#server.openConnections;
  }

  /** The answers to the next questions, in order; the last one stays. */
  script(...scripts: readonly Script[]): void {
    this.#scripts = scripts;
  }

  /** Lets every held answer finish. */
  release(): void {
    this.#release.resolve(undefined);
    this.#release = Promise.withResolvers();
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #play(exchange: Exchange): Promise<void> {
    const [script = { chunks: [] }] = this.#scripts;
    if (this.#scripts.length > 1) this.#scripts = this.#scripts.slice(1);
    const wire = wireOf(exchange.path);
    if (script.status !== undefined) {
      exchange.response.writeHead(script.status, { 'content-type': 'application/json' });
      exchange.response.end(wire.errorBody('scripted', 'as told'));
      return;
    }
    // Taken now, so that a release cannot come before the wait for it.
    const released = this.#release.promise;
    exchange.begin();
    await exchange.send(wire.opening);
    for (const text of script.chunks) await exchange.send(wire.text(text));
    if (script.ending === 'hold') await Promise.race([released, exchange.closed]);
    if (script.ending === 'die') exchange.cut();
    else exchange.response.end(wire.closing());
  }
}

function wireOf(path: string): ModelWire {
  const wires = [anthropicWire, openaiWire, completionsWire];
  return wires.find((wire) => path.endsWith(wire.path)) ?? openaiWire;
}
