import type { SignalRecord } from '../../../src/core/ports/signalRecord.ts';
import type { CursorMover, SuggestionOffer } from '../../../src/core/signals/openSuggestion.ts';
import { SuggestionTracker } from '../../../src/core/signals/suggestionTracker.ts';
import { madeBy } from '../../support/madeBy.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { offeredEdit } from '../../support/offeredEdit.ts';

/**
 * Replays a transcript and returns it with the records that each event really gave. A line is a comment (`#`), an
 * expected record (`=>`, dropped and written anew), or `<ms> <event> key=value…` with JSON values:
 *
 * - `offer line=0 before="  " text="foo()"`, optionally `replaced` (its text around the cursor) and `file`
 * - `change at=2 text="f"`, optionally `remove` (a length), `undo=1`, `file` and `length` (of the document, then);
 *   several edits separated by ` + `
 * - `cursor at=3`, optionally `by="keyboard"`
 * - `command id="s1"`, `editor file="b.ts"` or `editor`, `focus on=0` or `focus on=1`, `reload`, `closeDocument`, `wait`, `close`
 *
 * Times are absolute and run a fake clock; ids are s1, s2 … in order of offers.
 */
export function replay(transcript: string): string {
  const clock = new FakeClock(0);
  const out: string[] = [];
  const ids = new Map<string, string>();
  const show = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `s${String(ids.size + 1)}`);
    return ids.get(id) ?? '';
  };
  let count = 0;
  const tracker = new SuggestionTracker({ clock, newId: () => `random${String(count++)}` }, (records) => {
    for (const record of records) out.push(`      => ${describeRecord(record, show(record.id))}`);
  });
  const realId = (shown: unknown): string => [...ids].find(([, short]) => short === shown)?.[0] ?? 'unknown';

  const events: Readonly<Record<string, (edits: readonly Fields[]) => void>> = {
    offer: ([fields = {}]) => show(tracker.offered(toOffer(fields))),
    change: (edits) =>
      tracker.changed(fileOf(edits[0]), {
        edits: edits.map(toEdit),
        lengthAfter: Number(edits[0]?.['length'] ?? 10_000),
        isUndo: edits[0]?.['undo'] === 1,
      }),
    cursor: ([fields = {}]) =>
      tracker.cursorMoved(fileOf(fields), Number(fields['at']), fields['by'] as CursorMover | undefined),
    command: ([fields = {}]) => tracker.accepted(realId(fields['id'])),
    editor: ([fields = {}]) => tracker.editorChanged(fields['file']?.toString()),
    focus: ([fields = {}]) => tracker.windowFocus(fields['on'] === 1),
    reload: ([fields = {}]) => tracker.reloaded(fileOf(fields)),
    closeDocument: ([fields = {}]) => tracker.documentClosed(fileOf(fields)),
    wait: () => undefined,
    close: () => tracker.close(),
  };

  for (const line of transcript.split('\n')) {
    if (line.trim().startsWith('=>')) continue;
    const [, at, name = '', rest = ''] = /^ *(\d+) (\w+)(.*)$/.exec(line) ?? [];
    if (at !== undefined) clock.advance(Number(at) - clock.now());
    out.push(line);
    if (at === undefined) continue;
    const run = events[name];
    if (!run) throw new Error(`unknown event in a transcript: ${line}`);
    run(rest.split(' + ').map(parseFields));
  }
  return out.join('\n');
}

type Fields = Readonly<Record<string, string | number>>;

function parseFields(text: string): Fields {
  const pairs = text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g);
  return Object.fromEntries(
    [...pairs].map(([, key = '', value = '']) => [key, JSON.parse(value) as string | number]),
  );
}

function fileOf(fields: Fields = {}): string {
  return typeof fields['file'] === 'string' ? fields['file'] : 'a.ts';
}

function toOffer(fields: Fields): SuggestionOffer {
  const before = String(fields['before'] ?? '');
  const [left = '', right = ''] = String(fields['replaced'] ?? '').split('|');
  const lineStart = Number(fields['line'] ?? 0);
  return {
    workspace: 'w',
    document: fileOf(fields),
    language: 'typescript',
    ...offeredEdit(String(fields['text']), { lineStart, before, left, right }),
    confidence: 0.5,
    position: 'line-end',
    trigger: 'automatic',
    provenance: madeBy('workspace-model'),
  };
}

function toEdit(fields: Fields): { startOffset: number; endOffset: number; text: string } {
  const startOffset = Number(fields['at']);
  const endOffset = startOffset + Number(fields['remove'] ?? 0);
  return { startOffset, endOffset, text: String(fields['text'] ?? '') };
}

function describeRecord(record: SignalRecord, id: string): string {
  switch (record.kind) {
    case 'offered':
      return `offered ${id}: ${record.length} characters, ${record.lines} line(s)`;
    case 'partial':
      return `partial ${id}: ${record.length} characters after ${record.afterMs} ms`;
    case 'outcome': {
      const details = [record.reason, record.length && `${record.length} characters`].filter(Boolean);
      const shown = details.length > 0 ? ` (${details.join(', ')})` : '';
      return `${record.outcome} ${id}${shown} after ${record.afterMs} ms`;
    }
    case 'undone':
      return `undone ${id} after ${record.afterMs} ms`;
    case 'survival': {
      const { state, similarity, reason, length, dueMs, afterMs } = record;
      const measured = similarity === undefined ? '' : ` ${similarity.toFixed(2)}, ${length} characters`;
      return `survival ${id} ${dueMs / 1000} s: ${state}${measured}${reason ? ` (${reason})` : ''} after ${afterMs} ms`;
    }
    case 'shown':
      return `shown ${id} for ${record.visibleMs} ms`;
    case 'answered':
      return `answered ${id}`;
    case 'chat':
      return `${record.action} ${id}`;
  }
}
