import { untilAborted } from '../../core/async/untilAborted.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { DocumentRef, HostServices } from '../../protocol/engine.ts';
import { connect, type Connection, type Link } from '../../protocol/rpc/connection.ts';
import type { MethodKinds, Remote } from '../../protocol/rpc/remote.ts';
import { EngineStoppedError } from './engineStoppedError.ts';
import { RestartPolicy } from './restartPolicy.ts';
import { Watchdog } from './watchdog.ts';

export interface WorkerCrash {
  /** What people call the worker, for example `indexer`. */
  readonly worker: string;
  readonly reason: string;
  /** `undefined` when it will not be restarted by itself. */
  readonly restartInMs: number | undefined;
  /** It was ended because it had fallen silent. */
  readonly wasSilent?: boolean;
  /** The file that it was at then, which is left out from now on. */
  readonly setAside?: DocumentRef;
}

interface SupervisorOptions<Service extends object> {
  readonly name: string;
  readonly start: () => WorkerLink;
  readonly services: HostServices;
  /** Which of the worker's methods are no calls. */
  readonly kinds: MethodKinds<Service>;
  /** Brings a fresh worker to the state that calls rely on; no call reaches it before. */
  readonly prepare: (remote: Remote<Service>) => Promise<void>;
  readonly onCrash: (crash: WorkerCrash) => void;
  /** Asks the worker for a word. */
  readonly ping: (remote: Remote<Service>) => Promise<unknown>;
  readonly log: Pick<Logger, 'error'>;
  readonly clock: Clock;
}

type State<Service extends object> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'up'; readonly run: Run<Service> }
  | { readonly phase: 'waiting'; readonly cancelTimer: () => void }
  | { readonly phase: 'down' };

interface Run<Service extends object> {
  readonly link: WorkerLink;
  readonly connection: Connection<Service>;
  readonly startedAt: number;
  prepared: Promise<void>;
  preparation: 'running' | 'done' | 'failed';
  readonly watchdog: Watchdog;
}

/** Keeps one worker running: starts it, prepares it, restarts it after a crash, and fails its calls meanwhile. */
export class Supervisor<Service extends object> {
  readonly #options: SupervisorOptions<Service>;
  readonly #policy = new RestartPolicy();
  #state: State<Service> = { phase: 'idle' };

  constructor(options: SupervisorOptions<Service>) {
    this.#options = options;
  }

  /** The connection, once the worker is prepared. For events, which may be dropped while it is not. */
  get remote(): Remote<Service> | undefined {
    return this.#state.phase === 'up' && this.#state.run.preparation === 'done'
      ? this.#state.run.connection.remote
      : undefined;
  }

  /** Starts the worker, or prepares a running one again. Resolves when it is prepared. */
  async start(): Promise<void> {
    this.#policy.reset();
    if (this.#state.phase === 'up') this.#prepare(this.#state.run);
    else this.#launch();
    await this.call(() => Promise.resolve());
  }

  /** Tries again at once, whatever the back-off says, if the worker has crashed or could not be prepared. */
  async revive(): Promise<void> {
    const isUp = this.#state.phase === 'up' && this.#state.run.preparation !== 'failed';
    if (!isUp) await this.start();
  }

  /**
   * Runs `work` once the worker is prepared. Rejects with `EngineStoppedError` when it crashes or is not up, and while
   * it is being prepared with the signal's reason; after that the signal is for `work` to pass on.
   */
  async call<T>(work: (remote: Remote<Service>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return work(await this.#prepared(signal));
  }

  /** The same for a stream, from when it is first read. */
  async *stream<T, End>(
    open: (remote: Remote<Service>) => AsyncGenerator<T, End, undefined>,
    signal?: AbortSignal,
  ): AsyncGenerator<T, End, undefined> {
    return yield* open(await this.#prepared(signal));
  }

  /** Lets `farewell` run for at most `graceMs`, then ends the worker for good. */
  async stop(farewell: (remote: Remote<Service>) => Promise<unknown>, graceMs: number): Promise<void> {
    const state = this.#state;
    if (state.phase === 'waiting') state.cancelTimer();
    if (state.phase !== 'up') {
      this.#state = { phase: 'idle' };
      return;
    }
    const { promise: graceOver, resolve } = Promise.withResolvers<undefined>();
    const cancelTimer = this.#options.clock.setTimer(() => {
      resolve(undefined);
    }, graceMs);
    const goodbye = state.run.prepared
      .then(() => farewell(state.run.connection.remote))
      .catch(() => undefined);
    await Promise.race([goodbye, graceOver]);
    cancelTimer();
    this.#state = { phase: 'idle' };
    state.run.watchdog.stop();
    state.run.connection.close(this.#stoppedError());
    await state.run.link.terminate();
  }

  async #prepared(signal: AbortSignal | undefined): Promise<Remote<Service>> {
    if (this.#state.phase !== 'up') throw this.#stoppedError();
    const { prepared, connection } = this.#state.run;
    await (signal ? untilAborted(prepared, signal) : prepared);
    return connection.remote;
  }

  #launch(): void {
    if (this.#state.phase === 'waiting') this.#state.cancelTimer();
    const { name, start, services, kinds, ping, clock, log } = this.#options;
    const link = start();
    const connection = connect<Service>(link, {
      kinds,
      serve: () => services,
      onEventError: (error, method) => {
        log.error(`${method} of the ${name} could not be handled`, error);
      },
    });
    const run: Run<Service> = {
      link,
      connection,
      startedAt: clock.now(),
      prepared: Promise.resolve(),
      preparation: 'running',
      watchdog: new Watchdog({
        clock,
        // Also what a worker answers that cannot is an answer.
        ask: () => ping(connection.remote),
        end: () => {
          void link.terminate();
        },
      }),
    };
    this.#state = { phase: 'up', run };
    link.onMessage(() => {
      run.watchdog.heard();
    });
    link.onExit((reason) => {
      this.#ended(run, reason);
    });
    this.#prepare(run);
  }

  #prepare(run: Run<Service>): void {
    const prepare = () => this.#options.prepare(run.connection.remote);
    // One preparation after the other: the worker would otherwise open twice at the same time.
    const prepared = run.prepared.then(prepare, prepare);
    run.prepared = prepared;
    run.preparation = 'running';
    const finish = (preparation: 'done' | 'failed') => {
      if (run.prepared === prepared) run.preparation = preparation;
    };
    prepared.then(
      () => {
        finish('done');
      },
      // Every caller waits for `prepared` and gets its error.
      () => {
        finish('failed');
      },
    );
  }

  #ended(run: Run<Service>, reason: string): void {
    if (this.#state.phase !== 'up' || this.#state.run !== run) return;
    const { clock, name, onCrash } = this.#options;
    run.watchdog.stop();
    const wasSilent = run.watchdog.isSilent;
    // However long it has run, it was not well.
    const restartInMs = this.#policy.afterCrash(wasSilent ? 0 : clock.now() - run.startedAt);
    this.#state =
      restartInMs === undefined
        ? { phase: 'down' }
        : {
            phase: 'waiting',
            cancelTimer: clock.setTimer(() => {
              this.#launch();
            }, restartInMs),
          };
    run.connection.close(this.#stoppedError());
    onCrash({ worker: name, reason, restartInMs, ...(wasSilent && { wasSilent }) });
  }

  #stoppedError(): EngineStoppedError {
    return new EngineStoppedError(this.#options.name, this.#state.phase === 'waiting');
  }
}

/** A running worker thread, seen from the host. */
export interface WorkerLink extends Link {
  /** `listener` is called once, when the thread has ended for any reason; the text says why. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the thread at once, whatever it is doing. */
  terminate(): Promise<void>;
}
