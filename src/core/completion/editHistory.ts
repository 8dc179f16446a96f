import type { TextEdit } from '../text/textEdit.ts';

/** One edit as a person would count them: typing without a pause at one place is one. */
export interface RecordedEdit {
  /** Names the document among all that are open; compared only. */
  readonly document: string;
  /** Versions of the document before and after. */
  readonly fromVersion: number;
  readonly toVersion: number;
  /** Milliseconds since the epoch, of its first and of its last change. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** UTF-16 offset, the same in the text before and after: there `removed` stood and `inserted` stands. */
  readonly offset: number;
  readonly removed: string;
  readonly inserted: string;
  /** What stands on the same lines left and right of it, unchanged; at most 200 characters each. */
  readonly before: string;
  readonly after: string;
}

/** One change of a document, with its text before and after. */
export interface DocumentChange {
  readonly document: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly textBefore: string;
  readonly textAfter: string;
  readonly edit: TextEdit;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface EditHistoryLimits {
  readonly edits: number;
  /** Characters of all edits together, contexts included. */
  readonly characters: number;
  /** A larger change, such as replacing a file from disk, is nothing that somebody typed. */
  readonly editCharacters: number;
  /** A pause in typing that is longer begins another edit, ms. */
  readonly pauseMs: number;
}

export const EDIT_HISTORY_LIMITS: EditHistoryLimits = {
  edits: 256,
  characters: 128_000,
  editCharacters: 8_000,
  pauseMs: 2_000,
};

const MAX_CONTEXT = 200;

interface Entry extends RecordedEdit {
  /** Entries of one number belong to one document and follow each other without a gap. */
  readonly run: number;
}

/**
 * What was edited last, in all documents, as diffs in the order of editing. Bounded in number and size: the oldest edits
 * make room. The edits of a document since it was opened, or since a gap, lead from one text to another without a
 * break, so that older texts can be had from the present one (`textBefore`).
 */
export class EditHistory {
  readonly #limits: EditHistoryLimits;
  /** Oldest first. */
  readonly #entries: Entry[] = [];
  /** Documents that are open and were edited → the run their edits belong to. */
  readonly #runs = new Map<string, number>();
  #lastRun = 0;
  #characters = 0;

  constructor(limits: EditHistoryLimits = EDIT_HISTORY_LIMITS) {
    this.#limits = limits;
  }

  /** Edits of all documents, oldest first, those of closed documents included; at most the last `count`. */
  recent(count = Infinity): readonly RecordedEdit[] {
    return this.#entries.slice(Math.max(0, this.#entries.length - count));
  }

  /** The edits that lead to the document's present text without a gap, oldest first. */
  of(document: string): readonly RecordedEdit[] {
    const run = this.#runs.get(document);
    return run === undefined ? [] : this.#entries.filter((entry) => entry.run === run);
  }

  /** The text before the oldest of `of(document)`, given the present one. */
  textBefore(document: string, text: string): string {
    return this.of(document).reduceRight(undoEdit, text);
  }

  /** Characters held, contexts included. */
  get characters(): number {
    return this.#characters;
  }

  record({ document, fromVersion, toVersion, textBefore, textAfter, edit, at }: DocumentChange): void {
    const removed = textBefore.slice(edit.startOffset, edit.endOffset);
    const diff = { offset: edit.startOffset, removed, inserted: edit.text };
    if (removed === edit.text) return;
    if (!this.#isSmall(diff)) {
      this.interrupt(document);
      return;
    }
    const run = this.#runOf(document);
    const previous = this.#entries.at(-1);
    const isContinued = previous?.run === run && at - previous.endedAt <= this.#limits.pauseMs;
    const joined = isContinued ? join(previous, diff) : undefined;
    if (previous && joined && this.#isSmall(joined)) {
      this.#drop(this.#entries.length - 1);
      // Nothing is left of what was typed and deleted again.
      if (joined.removed !== joined.inserted) {
        this.#push({ ...previous, ...withContext(joined, textAfter), toVersion, endedAt: at });
      }
    } else {
      const when = { fromVersion, toVersion, startedAt: at, endedAt: at };
      this.#push({ document, run, ...when, ...withContext(diff, textAfter) });
    }
    this.#evict();
  }

  /** What was recorded stays, but does not lead to the text that the document has from now on. */
  interrupt(document: string): void {
    this.#runs.delete(document);
  }

  #isSmall({ removed, inserted }: Diff): boolean {
    return removed.length + inserted.length <= this.#limits.editCharacters;
  }

  #runOf(document: string): number {
    const run = this.#runs.get(document) ?? ++this.#lastRun;
    this.#runs.set(document, run);
    return run;
  }

  #push(entry: Entry): void {
    this.#entries.push(entry);
    this.#characters += sizeOf(entry);
  }

  #drop(index: number): void {
    const [entry] = this.#entries.splice(index, 1);
    if (entry) this.#characters -= sizeOf(entry);
  }

  #evict(): void {
    while (this.#entries.length > this.#limits.edits || this.#characters > this.#limits.characters) {
      this.#drop(0);
    }
  }
}

type Diff = Pick<RecordedEdit, 'offset' | 'removed' | 'inserted'>;

/** The text with an edit made. */
export function redoEdit(text: string, { offset, removed, inserted }: Diff): string {
  return text.slice(0, offset) + inserted + text.slice(offset + removed.length);
}

/** The text from before an edit. */
export function undoEdit(text: string, { offset, removed, inserted }: Diff): string {
  return text.slice(0, offset) + removed + text.slice(offset + inserted.length);
}

/** Both edits as one, when the second touches what the first put in; undefined when it is elsewhere. */
function join(first: Diff, second: Diff): Diff | undefined {
  const from = second.offset;
  const to = from + second.removed.length;
  const end = first.offset + first.inserted.length;
  if (from > end || to < first.offset) return undefined;
  const left = Math.max(0, first.offset - from);
  const right = Math.max(0, to - end);
  return {
    offset: Math.min(first.offset, from),
    removed:
      second.removed.slice(0, left) + first.removed + second.removed.slice(second.removed.length - right),
    inserted:
      first.inserted.slice(0, Math.max(0, from - first.offset)) +
      second.inserted +
      first.inserted.slice(to - first.offset),
  };
}

/** The edit with what stands around it on its lines. */
function withContext({ offset, removed, inserted }: Diff, textAfter: string) {
  const end = offset + inserted.length;
  const left = textAfter.slice(Math.max(0, offset - MAX_CONTEXT), offset);
  const right = textAfter.slice(end, end + MAX_CONTEXT);
  return {
    offset,
    removed: ownCopy(removed),
    inserted: ownCopy(inserted),
    before: ownCopy(/(?<![^\r\n])[^\r\n]*$/.exec(left)?.[0] ?? ''),
    after: ownCopy(/^[^\r\n]*/.exec(right)?.[0] ?? ''),
  };
}

/** Engines let a part of a text keep all of it in memory: what was added to a text first has to be copied out. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

function sizeOf({ removed, inserted, before, after }: RecordedEdit): number {
  return removed.length + inserted.length + before.length + after.length;
}
