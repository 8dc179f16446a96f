import { listUnseen, withoutUnseen, type Unseen } from '../../core/text/unseen.ts';
import type { Translator } from './chatNotes.ts';

/** What is to be done with text. */
export type TextUse = 'insert' | 'copy';

/** Asks in a dialog; resolves to the button that was pressed. */
type Choose = (
  question: string,
  paragraphs: readonly string[],
  buttons: readonly string[],
) => PromiseLike<string | undefined>;

/** So many kinds of characters, and of each so many lines, are named. */
const MAX_NAMED = 8;

/**
 * Before text of an answer leaves the view for a file or the clipboard: names the characters in it that a person does not
 * see, and lets them choose. Resolves to the text to use, and to `undefined` when it is not to be used.
 */
export async function approveHidden(
  text: string,
  use: TextUse,
  { choose, l10n }: { readonly choose: Choose; readonly l10n: Translator },
): Promise<string | undefined> {
  const unseen = listUnseen(text);
  if (unseen.length === 0) return text;
  const [without, asIs] =
    use === 'insert'
      ? [l10n.t('Insert Without Them'), l10n.t('Insert as It Is')]
      : [l10n.t('Copy Without Them'), l10n.t('Copy as It Is')];
  const question = l10n.t('This text holds characters that do not show, so it is not what it looks like.');
  const choice = await choose(question, paragraphsOf(unseen, l10n), [without, asIs]);
  if (choice === without) return withoutUnseen(text);
  return choice === asIs ? text : undefined;
}

function paragraphsOf(unseen: readonly Unseen[], l10n: Translator): readonly string[] {
  const more = unseen.length - MAX_NAMED;
  return [
    ...unseen.slice(0, MAX_NAMED).map(({ code, kind, count, lines }) => {
      const named = lines.slice(0, MAX_NAMED).join(', ') + (lines.length > MAX_NAMED ? ', …' : '');
      return lines.length === 1
        ? l10n.t('{0} ({1}): {2}, on line {3}', code, kind, count, named)
        : l10n.t('{0} ({1}): {2}, on lines {3}', code, kind, count, named);
    }),
    ...(more > 0 ? [l10n.t('… and {0} other kinds', more)] : []),
  ];
}
