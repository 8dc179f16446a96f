import type { Clock } from '../../core/ports/runtime.ts';
import type { HostServices } from '../../protocol/engine.ts';
import { connectRpc, type Rpc } from './connectRpc.ts';
import { EngineStoppedError } from './engineStoppedError.ts';
import { RestartPolicy } from './restartPolicy.ts';
import type { WorkerLink } from './workerLink.ts';

export interface WorkerCrash {
  /** What people call the worker, for example `indexer`. */
  readonly worker: string;
  readonly reason: string;
  /** `undefined` when it will not be restarted by itself. */
  readonly restartInMs: number | undefined;
}

export interface SupervisorOptions<Remote extends object> {
  readonly name: string;
  readonly start: () => WorkerLink;
  readonly services: HostServices;
  /** Names of the remote functions that need no reply. */
  readonly events: readonly (keyof Remote)[];
  /** Brings a fresh worker to the state that calls rely on; no call reaches it before. */
  readonly prepare: (rpc: Rpc<Remote>) => Promise<void>;
  readonly onCrash: (crash: WorkerCrash) => void;
  readonly clock: Clock;
}

type State<Remote extends object> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'up'; readonly run: Run<Remote> }
  | { readonly phase: 'waiting'; readonly cancelTimer: () => void }
  | { readonly phase: 'down' };

interface Run<Remote extends object> {
  readonly link: WorkerLink;
  readonly rpc: Rpc<Remote>;
  readonly startedAt: number;
  prepared: Promise<void>;
  preparation: 'running' | 'done' | 'failed';
}

/** Keeps one worker running: starts it, prepares it, restarts it after a crash, and fails its calls meanwhile. */
export class Supervisor<Remote extends object> {
  readonly #options: SupervisorOptions<Remote>;
  readonly #policy = new RestartPolicy();
  #state: State<Remote> = { phase: 'idle' };

  constructor(options: SupervisorOptions<Remote>) {
    this.#options = options;
  }

  /** The connection, once the worker is prepared. For events, which may be dropped while it is not. */
  get rpc(): Rpc<Remote> | undefined {
    return this.#state.phase === 'up' && this.#state.run.preparation === 'done'
      ? this.#state.run.rpc
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

  /** Runs `work` once the worker is prepared. Rejects with `EngineStoppedError` when it crashes or is not up. */
  async call<T>(work: (rpc: Rpc<Remote>) => Promise<T>): Promise<T> {
    if (this.#state.phase !== 'up') throw this.#stoppedError();
    const { run } = this.#state;
    await run.prepared;
    return work(run.rpc);
  }

  /** Lets `farewell` run for at most `graceMs`, then ends the worker for good. */
  async stop(farewell: (rpc: Rpc<Remote>) => Promise<unknown>, graceMs: number): Promise<void> {
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
    const goodbye = state.run.prepared.then(() => farewell(state.run.rpc)).catch(() => undefined);
    await Promise.race([goodbye, graceOver]);
    cancelTimer();
    this.#state = { phase: 'idle' };
    state.run.rpc.$close(this.#stoppedError());
    await state.run.link.terminate();
  }

  #launch(): void {
    if (this.#state.phase === 'waiting') this.#state.cancelTimer();
    const { start, services, events, clock } = this.#options;
    const link = start();
    const rpc = connectRpc<Remote>(link, services, events);
    const run: Run<Remote> = {
      link,
      rpc,
      startedAt: clock.now(),
      prepared: Promise.resolve(),
      preparation: 'running',
    };
    this.#state = { phase: 'up', run };
    link.onExit((reason) => {
      this.#ended(run, reason);
    });
    this.#prepare(run);
  }

  #prepare(run: Run<Remote>): void {
    const prepare = () => this.#options.prepare(run.rpc);
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

  #ended(run: Run<Remote>, reason: string): void {
    if (this.#state.phase !== 'up' || this.#state.run !== run) return;
    const { clock, name, onCrash } = this.#options;
    const restartInMs = this.#policy.afterCrash(clock.now() - run.startedAt);
    this.#state =
      restartInMs === undefined
        ? { phase: 'down' }
        : {
            phase: 'waiting',
            cancelTimer: clock.setTimer(() => {
              this.#launch();
            }, restartInMs),
          };
    run.rpc.$close(this.#stoppedError());
    onCrash({ worker: name, reason, restartInMs });
  }

  #stoppedError(): EngineStoppedError {
    return new EngineStoppedError(this.#options.name, this.#state.phase === 'waiting');
  }
}
