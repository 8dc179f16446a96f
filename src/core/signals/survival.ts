/**
 * What becomes of inserted suggestions: each text is followed through the edits of its document and compared, at
 * fixed times, with what then stands in its place. A pure state machine; the texts stay in memory.
 */
import { least } from '../shared/greatest.ts';
import type { TextEdit } from '../text/textEdit.ts';
import { editInserted, type InsertedText } from './openSuggestion.ts';
import type { SurvivalSignal, SurvivalState } from '../ports/signalRecord.ts';
import { tokenSimilarity } from './tokenSimilarity.ts';

/** When to look, in milliseconds from insertion. */
export const SAMPLES_MS: readonly number[] = [30_000, 120_000];

/** The largest distance (one minus the similarity) of text that counts as kept, and as edited. */
const KEPT_DISTANCE = 0.1;
const EDITED_DISTANCE = 0.5;

/** The oldest make room for newer ones. */
const MAX_TRACKED = 64;

/** Nobody writes so much into the place of a suggestion within minutes. */
const MAX_REMAINING = 20_000;

export interface Tracked {
  readonly inserted: InsertedText;
  /** Samples taken so far. */
  readonly samples: number;
}

/** Oldest insertion first. */
export type Survivals = readonly Tracked[];

export interface SurvivalStep {
  readonly state: Survivals;
  readonly records: readonly SurvivalSignal[];
}

/** Follows one more suggestion, and the oldest no further when there are too many. */
export function trackInserted(state: Survivals, inserted: InsertedText): Survivals {
  return [...state, { inserted, samples: 0 }].slice(-MAX_TRACKED);
}

/** The suggestion is followed no further and leaves no more records, as when it was undone. */
export function forgetInserted(state: Survivals, id: string): Survivals {
  return state.filter(({ inserted }) => inserted.id !== id);
}

/** When the next sample is due, in milliseconds since the epoch. */
export function nextSampleAt(state: Survivals): number | undefined {
  const due = state.flatMap(({ inserted, samples }) => inserted.at + (SAMPLES_MS[samples] ?? Infinity));
  return due.length === 0 ? undefined : least(due);
}

/** Takes the samples that are due at `at`. */
export function sampleSurvival(state: Survivals, at: number): SurvivalStep {
  const records: SurvivalSignal[] = [];
  const next = state.map((tracked) => {
    const due = SAMPLES_MS.slice(tracked.samples).filter((dueMs) => tracked.inserted.at + dueMs <= at);
    for (const dueMs of due) records.push(sampleOf(tracked.inserted, dueMs, at));
    return { ...tracked, samples: tracked.samples + due.length };
  });
  return { state: next.filter(({ samples }) => samples < SAMPLES_MS.length), records };
}

export interface DocumentEdits {
  readonly document: string;
  /** In the order reported: each applies to the text that the one before it left. */
  readonly edits: readonly TextEdit[];
  /** UTF-16 units of the document after all of them. */
  readonly lengthAfter: number;
  readonly at: number;
}

/** Follows the texts through edits. Those in the way of a change too large to be the developer's own are lost. */
export function editSurvivals(
  state: Survivals,
  { document, edits, lengthAfter, at }: DocumentEdits,
): SurvivalStep {
  const isMeant = ({ inserted }: Tracked) => inserted.document === document;
  if (!state.some(isMeant)) return { state, records: [] };
  let lengthBefore = edits.reduce((length, edit) => length - growth(edit), lengthAfter);
  let step: SurvivalStep = { state, records: [] };
  for (const edit of edits) {
    const length = lengthBefore;
    const lost = lose(
      step.state,
      (tracked) => isMeant(tracked) && isWholesale(tracked.inserted, edit, length),
      at,
    );
    const followed = lost.state.map((tracked) =>
      isMeant(tracked) ? { ...tracked, inserted: editInserted(tracked.inserted, edit) } : tracked,
    );
    step = { state: followed, records: [...step.records, ...lost.records] };
    lengthBefore += growth(edit);
  }
  const outgrown = lose(step.state, ({ inserted }) => inserted.remaining.length > MAX_REMAINING, at);
  return { state: outgrown.state, records: [...step.records, ...outgrown.records] };
}

/** The document was replaced from outside, for instance by switching branches: nothing can be said of its texts. */
export function loseDocument(state: Survivals, document: string, at: number): SurvivalStep {
  return lose(state, ({ inserted }) => inserted.document === document, at);
}

/** The document, or with `undefined` every one, was closed: what stands now is the last that is seen of it. */
export function closeSurvivals(state: Survivals, document: string | undefined, at: number): SurvivalStep {
  const isClosed = ({ inserted }: Tracked) => document === undefined || inserted.document === document;
  const records = state
    .filter(isClosed)
    .map((tracked) => ({ ...sampleOf(tracked.inserted, nextDueMs(tracked), at), reason: 'closed' as const }));
  return { state: state.filter((tracked) => !isClosed(tracked)), records };
}

function lose(state: Survivals, isLost: (tracked: Tracked) => boolean, at: number): SurvivalStep {
  const records = state.filter(isLost).map((tracked): SurvivalSignal => {
    const { inserted } = tracked;
    return { ...common(inserted, nextDueMs(tracked), at), state: 'lost', length: 0, reason: 'outside' };
  });
  return { state: state.filter((tracked) => !isLost(tracked)), records };
}

/** Most of the document is replaced at once, and the text with it. */
function isWholesale({ start, remaining }: InsertedText, edit: TextEdit, documentLength: number): boolean {
  const { startOffset, endOffset } = edit;
  const isAround = startOffset <= start && endOffset >= start + remaining.length;
  const removed = endOffset - startOffset;
  return isAround && removed > remaining.length && removed >= documentLength / 2;
}

function growth({ startOffset, endOffset, text }: TextEdit): number {
  return text.length - (endOffset - startOffset);
}

function nextDueMs({ samples }: Tracked): number {
  return SAMPLES_MS[samples] ?? 0;
}

function sampleOf(inserted: InsertedText, dueMs: number, at: number): SurvivalSignal {
  const { text, remaining } = inserted;
  const similarity = tokenSimilarity(text, remaining);
  const state = remaining.trim() === '' ? 'removed' : classify(1 - similarity);
  return { ...common(inserted, dueMs, at), state, similarity, length: remaining.length };
}

function common({ id, workspace, at: insertedAt }: InsertedText, dueMs: number, at: number) {
  return { kind: 'survival' as const, id, at, workspace, dueMs, afterMs: Math.max(0, at - insertedAt) };
}

function classify(distance: number): SurvivalState {
  if (distance <= KEPT_DISTANCE) return 'kept';
  return distance <= EDITED_DISTANCE ? 'edited' : 'replaced';
}
