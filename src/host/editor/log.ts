import { window } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';

/** The log in the output panel. Its level is the user's to set, per channel. */
export interface LogChannel extends Logger {
  show(): void;
  dispose(): void;
}

export function createLogChannel(): LogChannel {
  const channel = window.createOutputChannel('Touchstone', { log: true });
  return {
    debug: (message, details) => {
      channel.debug(message, ...written(details));
    },
    info: (message, details) => {
      channel.info(message, ...written(details));
    },
    warn: (message, details) => {
      channel.warn(message, ...written(details));
    },
    error: (message, details) => {
      channel.error(message, ...written(details));
    },
    show: () => {
      channel.show(true);
    },
    dispose: () => {
      channel.dispose();
    },
  };
}

/** An error is written with its stack; the channel itself would write its message only. */
function written(details: unknown): readonly unknown[] {
  if (details === undefined) return [];
  return [details instanceof Error ? (details.stack ?? details.message) : details];
}
