import {
  InlineCompletionItem,
  Range,
  window,
  type CancellationToken,
  type InlineCompletionContext,
  type InlineCompletionItemProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { Completion } from '../../core/completion/request.ts';
import { isAbortError } from '../../core/errors/touchstoneError.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { abortOnCancel } from '../editor/abortOnCancel.ts';
import { internalCommands } from '../editor/contributions.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import { completionsEnabled } from '../editor/settings.ts';
import { locateDocument } from '../workspace/workspaceFolders.ts';
import { isShowable, type SuggestionPlace } from './isShowable.ts';
import type { InlineTracker } from './tracker.ts';

export interface InlineProviderOptions {
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
export class InlineProvider implements InlineCompletionItemProvider {
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
      const completion = await this.#options.engine.complete(request, abort.signal);
      if (!completion || token.isCancellationRequested || document.version !== version) return [];
      if (!isShowable(completion, place)) return [];
      return [this.#offer(document, position, completion, located.root)];
    } catch (error) {
      if (!isAbortError(error)) this.#options.log.warn('No inline suggestion', error);
      return [];
    } finally {
      abort.dispose();
    }
  }

  #offer(
    document: TextDocument,
    position: Position,
    completion: Completion,
    root: string,
  ): InlineCompletionItem {
    const { text, insertAt, replaceTo, source, confidence } = completion;
    const range = new Range(document.positionAt(insertAt), document.positionAt(replaceTo));
    const id = this.#options.tracker.offered({
      workspace: this.#options.workspaceId(root) ?? '',
      document: document.uri.toString(),
      language: document.languageId,
      lineStart: document.offsetAt(position.with({ character: 0 })),
      lineText: document.lineAt(position).text.slice(0, range.end.character),
      insertAt: range.start.character,
      cursor: position.character,
      text,
      source,
      confidence,
    });
    return new InlineCompletionItem(text, range, {
      command: internalCommands.accepted,
      title: 'Suggestion accepted',
      arguments: [id],
    });
  }
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
