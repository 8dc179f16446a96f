import { CancellationError, commands, l10n } from 'vscode';
import { errorMessage, isAbortError } from '../../core/errors/touchstoneError.ts';
import type { Disposable } from './disposableStore.ts';
import type { LogChannel } from './log.ts';
import { reportError } from './notify.ts';

/** Registers a command; what it returns goes to whoever executes it. */
export type RegisterCommand = (id: string, run: (...args: unknown[]) => unknown) => Disposable;

/**
 * The one way to register a command. A failure becomes one message with a way to the log, a cancellation is
 * nobody's business, and the log knows how long each run took.
 */
export function createCommandRegistrar(log: LogChannel): RegisterCommand {
  return (id, run) =>
    commands.registerCommand(id, async (...args: unknown[]) => {
      const startedAt = performance.now();
      try {
        return await run(...args);
      } catch (error) {
        if (!isCancellation(error)) void reportFailure(id, error, log);
        return undefined;
      } finally {
        log.debug(`${id}: ${Math.round(performance.now() - startedAt)} ms`);
      }
    });
}

async function reportFailure(id: string, error: unknown, log: LogChannel): Promise<void> {
  log.error(`${id} failed`, error);
  const message = errorMessage(error);
  const showLog = l10n.t('Show Log');
  const choice = await reportError(`Touchstone: ${message}`, showLog);
  if (choice === showLog) log.show();
}

function isCancellation(error: unknown): boolean {
  return error instanceof CancellationError || isAbortError(error);
}
