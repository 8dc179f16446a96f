import { window } from 'vscode';
import type { Logger } from '../../core/ports/runtime.ts';
import { lineWithSigns, withSigns } from '../../core/text/unseen.ts';

/**
 * The log in the output panel. Its level is the user's to set, per channel. A message is one line whatever is in it, so that
 * none can be made up, and what is not seen shows as a sign.
 */
export interface LogChannel extends Logger {
  show(): void;
  dispose(): void;
}

export function createLogChannel(): LogChannel {
  const channel = window.createOutputChannel('Touchstone', { log: true });
  return {
    debug: (message, details) => {
      channel.debug(lineWithSigns(message), ...written(details));
    },
    info: (message, details) => {
      channel.info(lineWithSigns(message), ...written(details));
    },
    warn: (message, details) => {
      channel.warn(lineWithSigns(message), ...written(details));
    },
    error: (message, details) => {
      channel.error(lineWithSigns(message), ...written(details));
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
function written(details: unknown): readonly [unknown?] {
  if (details === undefined) return [];
  const text = details instanceof Error ? (details.stack ?? details.message) : details;
  return [typeof text === 'string' ? withSigns(text) : text];
}
