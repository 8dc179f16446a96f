import { TouchstoneError } from '../../core/errors/touchstoneError.ts';

/** A call could not be answered because the thread that would have answered it is not running. */
export class EngineStoppedError extends TouchstoneError {
  override readonly name = 'EngineStoppedError';
  readonly code = 'engine-stopped';

  /** `worker` names the thread, for example `indexer`; `restarting` tells whether it will be back by itself. */
  constructor(worker: string, restarting: boolean) {
    super(
      restarting
        ? `The ${worker} has stopped and is being restarted. Try again in a few seconds.`
        : `The ${worker} is not running. Run “Touchstone: Reindex Workspace” to start it again.`,
    );
  }
}
