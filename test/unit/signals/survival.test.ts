import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editInserted, type InsertedText } from '../../../src/core/signals/openSuggestion.ts';
import {
  closeSurvivals,
  editSurvivals,
  forgetInserted,
  loseDocument,
  nextSampleAt,
  sampleSurvival,
  SAMPLES_MS,
  trackInserted,
  type Survivals,
} from '../../../src/core/signals/survival.ts';
import type { TextEdit } from '../../../src/core/text/textEdit.ts';

function insertedAt(start: number, text: string, id = 'x'): InsertedText {
  return { id, workspace: 'w', document: 'a.ts', at: 0, start, text, remaining: text };
}

const apply = (document: string, { startOffset, endOffset, text }: TextEdit) =>
  document.slice(0, startOffset) + text + document.slice(endOffset);

/** Edits of a document, each within the text that the one before it left. */
const editsOf = (document: string) =>
  fc
    .array(
      fc.record({ from: fc.nat(), length: fc.nat({ max: 6 }), text: fc.constantFrom('', 'a', ' b ', '\n') }),
    )
    .map((plans) => {
      let text = document;
      return plans.map(({ from, length, text: added }) => {
        const startOffset = from % (text.length + 1);
        const edit = { startOffset, endOffset: Math.min(text.length, startOffset + length), text: added };
        text = apply(text, edit);
        return edit;
      });
    });

describe('following an inserted text', () => {
  test('what is said to stand is what the document holds there', () => {
    const document = 'before INSERTED TEXT behind';
    fc.assert(
      fc.property(editsOf(document), (edits) => {
        const inserted = edits.reduce(editInserted, insertedAt(7, 'INSERTED TEXT'));
        const after = edits.reduce(apply, document);
        expect(after.slice(inserted.start, inserted.start + inserted.remaining.length)).toBe(
          inserted.remaining,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('edits that do not touch it leave it as it is', () => {
    const outside = fc
      .tuple(fc.constantFrom('front', 'start', 'end', 'back'), fc.constantFrom('', 'zz', '\n'))
      .map(([where, text]) => ({ where, text }));
    fc.assert(
      fc.property(fc.array(outside), (changes) => {
        let inserted = insertedAt(10, 'kept');
        for (const { where, text } of changes) {
          const end = inserted.start + 4;
          const at = { front: 0, start: inserted.start, end, back: end + 3 }[where];
          inserted = editInserted(inserted, { startOffset: at, endOffset: at, text });
        }
        expect(inserted.remaining).toBe('kept');
      }),
    );
  });

  test('what takes the place of removed text belongs to it', () => {
    const removed = editInserted(insertedAt(10, 'gone'), { startOffset: 8, endOffset: 20, text: '' });
    expect(removed).toMatchObject({ start: 8, remaining: '' });
    const refilled = editInserted(removed, { startOffset: 8, endOffset: 8, text: 'other' });
    expect(refilled).toMatchObject({ start: 8, remaining: 'other' });
  });
});

/** The state and records of an insertion of `text` at 100 in a document of 1000 characters after one edit. */
function edited(text: string, startOffset: number, endOffset: number, by: string, lengthBefore = 1000) {
  const edit = { startOffset, endOffset, text: by };
  const lengthAfter = lengthBefore + by.length - (endOffset - startOffset);
  const tracked = trackInserted([], insertedAt(100, text));
  return editSurvivals(tracked, { document: 'a.ts', edits: [edit], lengthAfter, at: 9 });
}

describe('samples', () => {
  test.each([
    ['nothing happened', [0, 0, ''], 'kept', 1],
    ['only white space changed', [101, 104, '\n\t'], 'kept', 1],
    ['one token of ten changed', [120, 125, 'other'], 'kept', 0.9],
    ['half of the tokens changed', [108, 117, 'x'], 'edited', 0.5],
    ['most of it changed', [104, 125, 'x'], 'replaced', 0.2],
    ['all of it was replaced', [100, 127, 'other'], 'replaced', 0],
    ['it was deleted', [100, 127, ''], 'removed', 0],
    ['it was deleted with the lines around it', [90, 140, '\n'], 'removed', 0],
    ['it was wrapped by a formatter', [90, 140, 'if (y) a   =   b + c + d + value;'], 'kept', 1],
  ] as const)('%s', (_, [from, to, by], state, similarity) => {
    const { state: tracked } = edited('a   =   b + c + d + value;'.padEnd(27), from, to, by);
    const { records } = sampleSurvival(tracked, 30_000);
    expect(records).toMatchObject([{ state, dueMs: 30_000 }]);
    expect(records[0]?.similarity).toBeCloseTo(similarity, 5);
  });

  test('both are due after a long sleep, each once', () => {
    const first = sampleSurvival(trackInserted([], insertedAt(0, 'a')), 500_000);
    expect(first.records.map(({ dueMs, afterMs }) => [dueMs, afterMs])).toEqual(
      SAMPLES_MS.map((dueMs) => [dueMs, 500_000]),
    );
    expect(first.state).toEqual([]);
    expect(nextSampleAt(first.state)).toBeUndefined();
  });

  test('one is due at a time', () => {
    const tracked = trackInserted([], insertedAt(0, 'a'));
    expect(nextSampleAt(tracked)).toBe(30_000);
    expect(sampleSurvival(tracked, 29_999).records).toEqual([]);
    expect(nextSampleAt(sampleSurvival(tracked, 30_000).state)).toBe(120_000);
  });
});

describe('what ends the following', () => {
  test('most of the document is replaced with it', () => {
    expect(edited('value', 0, 600, 'other branch')).toEqual({
      state: [],
      records: [
        {
          kind: 'survival',
          id: 'x',
          at: 9,
          workspace: 'w',
          dueMs: 30_000,
          afterMs: 9,
          state: 'lost',
          length: 0,
          reason: 'outside',
        },
      ],
    });
  });

  test('less than half of the document, or exactly the text itself, is the developer’s own doing', () => {
    expect(edited('value', 0, 400, '').state).toHaveLength(1);
    expect(edited('value', 100, 105, '', 105).state).toHaveLength(1);
  });

  test('more text comes into its place than anybody writes', () => {
    expect(edited('value', 101, 102, 'x'.repeat(30_000)).records).toMatchObject([{ reason: 'outside' }]);
  });

  test('its document is closed or replaced; others are followed on', () => {
    const other = { ...insertedAt(0, 'b', 'other'), document: 'b.ts' };
    const both: Survivals = trackInserted(trackInserted([], insertedAt(0, 'a')), other);
    const closed = closeSurvivals(both, 'a.ts', 7);
    expect(closed.records).toMatchObject([{ id: 'x', state: 'kept', reason: 'closed', afterMs: 7 }]);
    expect(closed.state.map(({ inserted }) => inserted.id)).toEqual(['other']);
    expect(loseDocument(both, 'b.ts', 7).records).toMatchObject([{ id: 'other', state: 'lost' }]);
    expect(closeSurvivals(both, undefined, 7).state).toEqual([]);
    expect(forgetInserted(both, 'x').map(({ inserted }) => inserted.id)).toEqual(['other']);
  });

  test('too many newer ones', () => {
    const all = Array.from({ length: 80 }, (_, index) => insertedAt(0, 'a', String(index)));
    const tracked = all.reduce(trackInserted, []);
    expect(tracked.map(({ inserted }) => inserted.id)).toEqual(all.slice(-64).map(({ id }) => id));
  });
});
