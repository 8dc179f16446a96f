import {
  type CancellationToken,
  type InlineCompletionContext,
  InlineCompletionItem,
  type InlineCompletionItemProvider,
  InlineCompletionTriggerKind,
  languages,
  type Position,
  Range,
  type TextDocument,
  window,
} from 'vscode';
import { isAbortError } from '../../core/errors/touchstoneError.ts';
import type { Proposal } from '../../core/ports/completionSource.ts';
import type { Clock, Logger } from '../../core/ports/runtime.ts';
import type { SuggestionTrigger } from '../../core/ports/signalRecord.ts';
import { positionIn } from '../../core/signals/openSuggestion.ts';
import { abortOnCancel } from '../editor/abortOnCancel.ts';
import { internalCommands } from '../editor/contributions.ts';
import { type Disposable, DisposableStore } from '../editor/disposableStore.ts';
import type { RegisterCommand } from '../editor/registerCommand.ts';
import { completionsEnabled } from '../editor/settings.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import type { SignalBatch } from '../signals/signalBatch.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';
import { bringsHidden, isShowable, type SuggestionPlace } from './isShowable.ts';
import { InlineTracker } from './tracker.ts';

interface InlineProviderOptions {
  readonly engine: EngineClient;
  readonly tracker: InlineTracker;
  /** Identity in the signal ledger of the folder with this root. */
  readonly workspaceId: (root: string) => string | undefined;
  readonly log: Logger;
}

/**
 * Offers what the engine proposes for the cursor. The editor debounces, cancels the token on every edit, and asks
 * nothing of us in read-only editors and while text is being composed.
 */
class InlineProvider implements InlineCompletionItemProvider {
  readonly #options: InlineProviderOptions;

  constructor(options: InlineProviderOptions) {
    this.#options = options;
  }

  async provideInlineCompletionItems(
    document: TextDocument,
    position: Position,
    context: InlineCompletionContext,
    token: CancellationToken,
  ): Promise<InlineCompletionItem[]> {
    const located = locateDocument(document.uri);
    if (!located || !isSingleCursor(document) || !completionsEnabled(document)) return [];
    const { version } = document;
    const place = placeOf(document, position, context);
    const { offset, selected } = place;
    const abort = abortOnCancel(token);
    try {
      const request = { document: located, version, offset, ...(selected && { selected }) };
      const proposal = await this.#options.engine.complete(request, abort.signal);
      if (!proposal || token.isCancellationRequested || document.version !== version) return [];
      if (!isShowable(proposal.edit, place) || bringsHidden(proposal.edit, () => document.getText()))
        return [];
      return [this.#offer(document, place, proposal, { root: located.root, trigger: triggerOf(context) })];
    } catch (error) {
      if (!isAbortError(error)) this.#options.log.warn('No inline suggestion', error);
      return [];
    } finally {
      abort.dispose();
    }
  }

  #offer(
    document: TextDocument,
    { offset, lineStart }: SuggestionPlace,
    { edit, confidence, provenance }: Proposal,
    { root, trigger }: { readonly root: string; readonly trigger: SuggestionTrigger },
  ): InlineCompletionItem {
    const [{ startOffset, endOffset, text }] = edit.changes;
    const range = new Range(document.positionAt(startOffset), document.positionAt(endOffset));
    const position = document.positionAt(offset);
    const id = this.#options.tracker.offered({
      workspace: this.#options.workspaceId(root) ?? '',
      document: document.uri.toString(),
      language: document.languageId,
      edit,
      lineStart,
      present: document.getText(new Range(range.start.with({ character: 0 }), range.end)),
      cursor: offset,
      confidence,
      position: positionIn(document.lineAt(position).text, position.character),
      trigger,
      provenance,
    });
    return new InlineCompletionItem(text, range, {
      command: internalCommands.accepted,
      title: 'Suggestion accepted',
      arguments: [id],
    });
  }
}

function triggerOf({ triggerKind }: InlineCompletionContext): SuggestionTrigger {
  return triggerKind === InlineCompletionTriggerKind.Invoke ? 'invoked' : 'automatic';
}

/** With several cursors or a selection, ghost text at one of them is in the way. */
function isSingleCursor(document: TextDocument): boolean {
  const editor = window.activeTextEditor;
  return editor?.document === document && editor.selections.length === 1 && editor.selection.isEmpty;
}

function placeOf(
  document: TextDocument,
  position: Position,
  { selectedCompletionInfo }: InlineCompletionContext,
): SuggestionPlace {
  const line = document.lineAt(position).range;
  return {
    offset: document.offsetAt(position),
    lineStart: document.offsetAt(line.start),
    lineEnd: document.offsetAt(line.end),
    ...(selectedCompletionInfo && {
      selected: {
        startOffset: document.offsetAt(selectedCompletionInfo.range.start),
        endOffset: document.offsetAt(selectedCompletionInfo.range.end),
        text: selectedCompletionInfo.text,
      },
    }),
  };
}

interface InlineOptions extends Omit<InlineProviderOptions, 'tracker'> {
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
