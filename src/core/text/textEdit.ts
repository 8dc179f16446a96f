/** A text change as the editor reports it: replace the range by `text`. Offsets are UTF-16 units. */
export interface TextEdit {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly text: string;
}

/** A change of one document that is proposed to its author. */
export interface SuggestedEdit {
  /** Path of the file, relative to its workspace folder. */
  readonly path: string;
  readonly kind: EditKind;
  /** In the order of the text, not overlapping. Offsets are those of the document before the edit. */
  readonly changes: readonly [TextEdit, ...TextEdit[]];
}

/**
 * `insertion`: characters come in at one place and none goes, so that it can be shown as ghost text. `replacement`: all
 * else.
 */
type EditKind = 'insertion' | 'replacement';

/** An edit of `text`, which is the whole document of that path. */
export function suggestEdit(path: string, text: string, changes: SuggestedEdit['changes']): SuggestedEdit {
  const [{ startOffset, endOffset, text: inserted }, ...others] = changes;
  const isInsertion = others.length === 0 && isInsertionOnly(text.slice(startOffset, endOffset), inserted);
  return { path, kind: isInsertion ? 'insertion' : 'replacement', changes };
}

/**
 * Whether a text comes from another by insertions alone: what is replaced must be what remains of the new text after
 * leaving characters out.
 */
export function isInsertionOnly(replaced: string, text: string): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < replaced.length; at++) {
    if (text.charCodeAt(at) === replaced.charCodeAt(found)) found++;
  }
  return found === replaced.length;
}

/** The document with all changes made; with `from`, the part of it from that offset on, given that part as `text`. */
export function applyEdit(text: string, { changes }: Pick<SuggestedEdit, 'changes'>, from = 0): string {
  return changes.reduceRight(
    (rest, { startOffset, endOffset, text: inserted }) =>
      rest.slice(0, startOffset - from) + inserted + rest.slice(endOffset - from),
    text,
  );
}

/** True when `longer` puts in all that `shorter` does, at the same place, and then more. Both are edits of `text`. */
export function isExtension(longer: SuggestedEdit, shorter: SuggestedEdit, text: string): boolean {
  const [long, ...longOthers] = longer.changes;
  const [short, ...shortOthers] = shorter.changes;
  if (longer.path !== shorter.path || longOthers.length > 0 || shortOthers.length > 0) return false;
  if (long.startOffset !== short.startOffset || long.endOffset < short.endOffset) return false;
  const kept = text.slice(short.endOffset, long.endOffset);
  return long.text.length > short.text.length + kept.length && long.text.startsWith(short.text + kept);
}

/** True when both leave the same document. */
export function isSameEdit(a: SuggestedEdit, b: SuggestedEdit, text: string): boolean {
  return a.path === b.path && applyEdit(text, a) === applyEdit(text, b);
}
