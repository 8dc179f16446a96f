import { languages } from 'vscode';
import type { Clock } from '../../core/ports/runtime.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { internalCommands } from '../editor/contributions.ts';
import { DisposableStore, type Disposable } from '../editor/disposableStore.ts';
import type { SignalBatch } from '../signals/signalBatch.ts';
import { InlineProvider, type InlineProviderOptions } from './provider.ts';
import { InlineTracker } from './tracker.ts';

export interface InlineOptions extends Omit<InlineProviderOptions, 'tracker'> {
  readonly batch: SignalBatch;
  readonly clock: Clock;
}

/** Offers suggestions in every file, and follows what becomes of them. */
export function registerInline(
  register: RegisterCommand,
  { batch, clock, ...options }: InlineOptions,
): Disposable & { readonly tracker: InlineTracker } {
  const store = new DisposableStore();
  const tracker = store.add(new InlineTracker({ batch, clock }));
  const provider = new InlineProvider({ ...options, tracker });
  store.add(languages.registerInlineCompletionItemProvider({ scheme: 'file' }, provider));
  store.add(
    register(internalCommands.accepted, (id) => {
      if (typeof id === 'string') tracker.accepted(id);
    }),
  );
  return {
    tracker,
    dispose: () => {
      store.dispose();
    },
  };
}
