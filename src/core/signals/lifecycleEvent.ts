import type { CursorPosition, SuggestionTrigger } from '../ports/signalRecord.ts';
import type { Provenance } from '../shared/provenance.ts';
import type { TextEdit } from '../text/textEdit.ts';
import type { OfferedEdit } from './anchoredSuggestion.ts';
import type { CursorMover } from './openSuggestion.ts';

/** What the provider returned, and where. */
export interface SuggestionOffer extends OfferedEdit {
  readonly workspace: string;
  /** Names the document among all open ones; compared only. */
  readonly document: string;
  readonly language: string;
  readonly confidence: number;
  readonly position: CursorPosition;
  readonly trigger: SuggestionTrigger;
  readonly provenance: Provenance;
}

/** Where a cursor stands, `column` UTF-16 units into its line. */
export function positionIn(line: string, column: number): CursorPosition {
  if (line.trim() === '') return 'blank-line';
  return line.slice(column).trim() === '' ? 'line-end' : 'inside-line';
}

/** Everything carries `at`, milliseconds since the epoch; events come in the order the editor reports them. */
export type LifecycleEvent =
  /** `id` becomes the suggestion's id unless the offer continues the open one. */
  | { readonly kind: 'offered'; readonly at: number; readonly id: string; readonly offer: SuggestionOffer }
  | {
      readonly kind: 'changed';
      readonly at: number;
      readonly document: string;
      /** In the order reported: each applies to the text that the one before it left. */
      readonly edits: readonly TextEdit[];
      /** The editor says that this undoes an earlier change. */
      readonly isUndo?: boolean;
    }
  | {
      readonly kind: 'cursorMoved';
      readonly at: number;
      readonly document: string;
      readonly offset: number;
      /** Absent when the editor names nobody, as after an acceptance. */
      readonly by?: CursorMover | undefined;
    }
  | { readonly kind: 'accepted'; readonly at: number; readonly id: string }
  /** Another editor, or none, became the active one. */
  | { readonly kind: 'editorChanged'; readonly at: number; readonly document: string | undefined }
  /** The window got the focus of the desktop, or lost it. */
  | { readonly kind: 'windowFocus'; readonly at: number; readonly isFocused: boolean }
  /** It was closed, or replaced by what is on disk: what came in before is followed no further. */
  | { readonly kind: 'documentLost'; readonly at: number; readonly document: string }
  /** Time passed: due by `nextDeadline` at the latest. */
  | { readonly kind: 'tick'; readonly at: number }
  /** No more events will come: settles everything at once. */
  | { readonly kind: 'closed'; readonly at: number };
