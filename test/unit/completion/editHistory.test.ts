import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  EDIT_HISTORY_LIMITS,
  EditHistory,
  redoEdit,
  undoEdit,
  type EditHistoryLimits,
} from '../../../src/core/completion/editHistory.ts';

/** Documents under edit, by name, with their history. */
class Desk {
  readonly history: EditHistory;
  readonly texts = new Map<string, string>();
  #at = 0;
  #version = 1;

  constructor(limits?: Partial<EditHistoryLimits>) {
    this.history = new EditHistory({ ...EDIT_HISTORY_LIMITS, ...limits });
  }

  open(document: string, text: string): void {
    this.texts.set(document, text);
    this.history.interrupt(document);
  }

  edit(document: string, startOffset: number, endOffset: number, text: string, afterMs = 100): void {
    const textBefore = this.texts.get(document) ?? '';
    const textAfter = textBefore.slice(0, startOffset) + text + textBefore.slice(endOffset);
    this.#at += afterMs;
    this.history.record({
      document,
      fromVersion: this.#version,
      toVersion: ++this.#version,
      textBefore,
      textAfter,
      edit: { startOffset, endOffset, text },
      at: this.#at,
    });
    this.texts.set(document, textAfter);
  }

  type(document: string, at: number, text: string): void {
    for (let index = 0; index < text.length; index++) {
      this.edit(document, at + index, at + index, text.charAt(index));
    }
  }

  diffs(): string[] {
    return this.history
      .recent()
      .map(
        ({ document, before, removed, inserted, after }) =>
          `${document}: ${before}[${removed}→${inserted}]${after}`,
      );
  }
}

describe('what counts as one edit', () => {
  test('typing without a pause at one place, with its line around it', () => {
    const desk = new Desk();
    desk.open('a.ts', 'first\nlet x = ;\nlast');
    desk.type('a.ts', 14, 'call()');
    expect(desk.diffs()).toEqual(['a.ts: let x = [→call()];']);
    expect(desk.history.recent()[0]).toMatchObject({
      startedAt: 100,
      endedAt: 600,
      fromVersion: 1,
      toVersion: 7,
    });
  });

  test('a pause begins another', () => {
    const desk = new Desk();
    desk.open('a.ts', '');
    desk.type('a.ts', 0, 'ab');
    desk.edit('a.ts', 2, 2, 'c', 2_001);
    expect(desk.diffs()).toEqual(['a.ts: [→ab]', 'a.ts: ab[→c]']);
  });

  test('so does another place, and another document in between', () => {
    const desk = new Desk();
    desk.open('a.ts', 'one two');
    desk.open('b.ts', '');
    desk.edit('a.ts', 0, 3, '1');
    desk.edit('a.ts', 2, 5, '2');
    desk.edit('b.ts', 0, 0, 'x');
    desk.edit('a.ts', 3, 3, '3');
    expect(desk.diffs()).toEqual(['a.ts: [one→1] two', 'a.ts: 1 [two→2]', 'b.ts: [→x]', 'a.ts: 1 2[→3]']);
  });

  test('corrections while typing leave no trace', () => {
    const desk = new Desk();
    desk.open('a.ts', 'old();');
    desk.edit('a.ts', 0, 3, 'nwe');
    desk.edit('a.ts', 1, 3, 'ew');
    expect(desk.diffs()).toEqual(['a.ts: [old→new]();']);
    desk.edit('a.ts', 0, 3, 'old');
    expect(desk.diffs()).toEqual([]);
  });

  test('deleting further left than was typed takes that along', () => {
    const desk = new Desk();
    desk.open('a.ts', 'abcdef');
    desk.type('a.ts', 4, 'xy');
    for (let at = 6; at > 2; at--) desk.edit('a.ts', at - 1, at, '');
    expect(desk.diffs()).toEqual(['a.ts: ab[cd→]ef']);
  });
});

describe('what does not lead to the present text', () => {
  test('is what was edited before a document was opened again', () => {
    const desk = new Desk();
    desk.open('a.ts', 'x');
    desk.type('a.ts', 1, 'y');
    desk.open('a.ts', 'from disk');
    expect(desk.history.of('a.ts')).toEqual([]);
    desk.type('a.ts', 9, '!');
    expect(desk.history.of('a.ts')).toHaveLength(1);
    expect(desk.diffs()).toEqual(['a.ts: x[→y]', 'a.ts: from disk[→!]']);
  });

  test('is what was edited before a change too large to be typed', () => {
    const desk = new Desk({ editCharacters: 100 });
    desk.open('a.ts', 'x');
    desk.type('a.ts', 1, 'y');
    desk.edit('a.ts', 0, 2, 'z'.repeat(100));
    expect(desk.history.of('a.ts')).toEqual([]);
    expect(desk.diffs()).toEqual(['a.ts: x[→y]']);
  });
});

const name = fc.constantFrom('a.ts', 'b.ts');
const action = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      document: name,
      at: fc.nat(40),
      length: fc.constantFrom(0, 0, 0, 1, 2, 7),
      text: fc.constantFrom('', 'a', 'b', '\n', 'foo()', '\r\n', '😀'),
      afterMs: fc.constantFrom(10, 100, 3_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('open' as const), document: name, text: fc.string() }),
  },
);

test('replaying the history gives the document, whatever was done', () => {
  const few = { edits: 6, characters: 200, editCharacters: 20 };
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), fc.boolean(), (actions, isSmall) => {
      const desk = new Desk(isSmall ? few : {});
      for (const each of actions) {
        if (each.kind === 'open') {
          desk.open(each.document, each.text);
          continue;
        }
        const length = desk.texts.get(each.document)?.length ?? 0;
        const start = Math.min(each.at, length);
        desk.edit(each.document, start, Math.min(start + each.length, length), each.text, each.afterMs);
      }
      for (const [document, text] of desk.texts) {
        const edits = desk.history.of(document);
        const oldest = desk.history.textBefore(document, text);
        expect(edits.reduce(redoEdit, oldest)).toBe(text);
        expect(edits.toReversed().reduce(undoEdit, text)).toBe(oldest);
        expect(edits.every(({ removed, inserted }) => removed !== inserted)).toBe(true);
      }
      const times = desk.history.recent().map(({ endedAt }) => endedAt);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      if (!isSmall) return;
      expect(desk.history.recent().length).toBeLessThanOrEqual(few.edits);
      expect(desk.history.characters).toBeLessThanOrEqual(few.characters);
    }),
  );
});

test('`recent` gives the last ones, oldest first', () => {
  const desk = new Desk({ pauseMs: 0 });
  desk.open('a.ts', '');
  desk.type('a.ts', 0, 'abc');
  const inserted = (count?: number) => desk.history.recent(count).map((edit) => edit.inserted);
  expect(inserted()).toEqual(['a', 'b', 'c']);
  expect(inserted(2)).toEqual(['b', 'c']);
  expect(inserted(0)).toEqual([]);
});

test('an edit of a large document holds nothing of the rest of it', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const desk = new Desk({ pauseMs: 0 });
  desk.open('big.ts', 'const filler = 0; // some text\n'.repeat(30_000));
  const heldBytes = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = heldBytes();
  for (let count = 0; count < 200; count++) desk.edit('big.ts', count * 40, count * 40 + 30, 'x'.repeat(20));
  // Makes the last version a text of its own, as reading it does.
  desk.texts.set('big.ts', JSON.parse(JSON.stringify(desk.texts.get('big.ts'))) as string);
  expect(desk.history.recent()).toHaveLength(200);
  // The versions are a megabyte each.
  expect(heldBytes() - before).toBeLessThan(20_000_000);
});
