import type { Translator } from '../chat/chatNotes.ts';

/** What is wrong with a key as it is typed; `undefined` when it may be one. Keys are sent in HTTP headers. */
export function keyProblem(text: string, l10n: Translator): string | undefined {
  const key = text.trim();
  if (key === '') return l10n.t('Paste the key, or press Escape to leave it as it is.');
  if (/^https?:\/\//i.test(key))
    return l10n.t('This is an address. Addresses go into the setting “Models: Endpoints”.');
  return /^[\x21-\x7e]+$/.test(key) ? undefined : l10n.t('Keys have no blanks and no letters beyond ASCII.');
}
