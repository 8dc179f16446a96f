/** What a chat model writes when it is asked to fill in the middle, and what of it goes in at the cursor. */

/** How much of what stands around the cursor the answer repeats. */
export type FillForm = 'overlap' | 'hole' | 'region';

/** What the answer to a form is to repeat: the end of the text before the cursor, the beginning of the text behind it. */
export interface Repeated {
  readonly before: string;
  readonly after: string;
}

/** Lines of a region, the cursor's own on either side. */
const REGION_BEFORE = 4;
const REGION_AFTER = 4;
/** Longer lines are repeated in part. */
const MAX_REPEATED = 600;

/**
 * What a form has the model repeat. An overlap begins with the last line that says something, so that the answer has
 * something to begin with.
 */
export function repeatedText(form: FillForm, prefix: string, suffix: string): Repeated {
  if (form === 'hole') return { before: '', after: '' };
  const linesBefore = prefix.slice(-MAX_REPEATED).split('\n');
  const linesAfter = suffix.slice(0, MAX_REPEATED).split('\n');
  if (form === 'region') {
    return {
      before: linesBefore.slice(-REGION_BEFORE).join('\n'),
      after: linesAfter.slice(0, REGION_AFTER).join('\n'),
    };
  }
  const telling = (line: string) => line.trim() !== '';
  const from = linesBefore.findLastIndex(telling);
  const to = linesAfter.findIndex(telling);
  return {
    before: linesBefore.slice(Math.max(0, from)).join('\n'),
    after: linesAfter.slice(0, to + 1).join('\n'),
  };
}

const OPENING = /<code>\r?\n?/;
const FENCE = /(^|\n)[ \t]*```[^\n`]*\n/;
const CLOSING = /\n?<\/code>|\n[ \t]*```/;

/**
 * What is to be put in at the cursor, as far as it is certain; undefined as long as nothing is, and when the answer does not
 * have the form that was asked for. `isEnded`: the model has said all. An answer that goes on gives an extension of what it
 * gave before.
 */
export function insertionOf(
  form: FillForm,
  written: string,
  isEnded: boolean,
  repeated: Repeated,
): string | undefined {
  const answer = written.replaceAll('\r\n', '\n');
  const opening = OPENING.exec(answer) ?? FENCE.exec(answer);
  if (!opening) return undefined;
  const inside = answer.slice(opening.index + opening[0].length);
  const closing = CLOSING.exec(inside);
  if (closing) return withoutRepeated(form, inside.slice(0, closing.index), true, repeated);
  if (isEnded) return withoutRepeated(form, inside, true, repeated);
  // The last line may be the beginning of the end.
  const lastBreak = inside.lastIndexOf('\n');
  return lastBreak < 0 ? undefined : withoutRepeated(form, inside.slice(0, lastBreak + 1), false, repeated);
}

function withoutRepeated(
  form: FillForm,
  text: string,
  isWhole: boolean,
  { before, after }: Repeated,
): string | undefined {
  if (form === 'hole') return text;
  const rest = behind(text, before);
  if (rest === undefined || !isWhole) return rest;
  return ahead(rest, after);
}

/**
 * What follows `before` in a text that is to begin with it, or with as much of its end as makes a line: models leave lines
 * out, and indentation. Undefined when the text begins with something else.
 */
function behind(text: string, before: string): string | undefined {
  const lines = before.split('\n');
  const own = lines.at(-1) ?? '';
  for (let from = 0; from < lines.length; from++) {
    const part = lines.slice(from).join('\n');
    if (part.trim() === '') break;
    if (text.startsWith(part)) return text.slice(part.length);
    const bare = part.trimStart();
    const start = text.length - text.trimStart().length;
    if (bare !== '' && text.startsWith(bare, start)) return text.slice(start + bare.length);
  }
  // On a line with nothing on it, what is written is what is wanted, less the indentation that stands there.
  if (own.trim() !== '') return undefined;
  return text.startsWith(own) ? text.slice(own.length) : text.trimStart();
}

/** What stands before `after`, or before the longest beginning of it that ends the text at the end of a line. */
function ahead(text: string, after: string): string {
  const lines = after.split('\n');
  for (let count = lines.length; count > 0; count--) {
    const part = lines.slice(0, count).join('\n').trimEnd();
    if (part.trim() === '') continue;
    const bare = text.trimEnd();
    if (!bare.endsWith(part)) continue;
    const cut = bare.slice(0, bare.length - part.length);
    // Of several lines the first is what is left of the cursor's own, which may be nothing.
    const isAtLine = part.startsWith('\n') || (lines[0] ?? '') !== '' || cut === '' || cut.endsWith('\n');
    if (isAtLine) return cut;
  }
  return text;
}
