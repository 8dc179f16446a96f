import { describe, expect, test } from 'vitest';
import { cursorLine } from '../../../src/core/completion/cursorSite.ts';
import { isSuppressed } from '../../../src/core/completion/suppression.ts';
import { redactSecrets } from '../../../src/core/secrets/redactSecrets.ts';
import { readSecretForms, type SecretForm } from './secretForms.ts';

/** Files of forms, each written before the detector had seen it, and how many of each are known to be missed. */
const FORMS = [
  ['broad.txt', 3],
  ['second.txt', 4],
  ['third.txt', 0],
  ['fourth.txt', 1],
] as const;
const SEED = 7;

/** Half of a secret sent is a secret sent. */
function isSent({ text, secrets }: SecretForm): boolean {
  const sent = redactSecrets(text);
  return secrets.some(({ start, end }) => {
    const middle = start + Math.floor((end - start) / 2);
    return [text.slice(start, end), text.slice(start, middle), text.slice(middle, end)].some(
      (part) => part.length >= 4 && sent.includes(part) && occurrences(text, part) === 1,
    );
  });
}

function isOffered({ text, secrets }: SecretForm): boolean {
  return secrets.some(({ start, end }) => {
    // What stands behind the cursor in the line is there already, as an editor closes quotes.
    const typed = text.slice(0, start) + text.slice(end);
    const proposal = { startOffset: start, endOffset: start, text: text.slice(start, end) };
    return !isSuppressed(proposal, cursorLine(typed, start));
  });
}

const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe('secrets that stand in files of every kind', () => {
  test.each(FORMS)('are not sent: %s', (file, known) => {
    const sent = readSecretForms(file, SEED).filter(isSent);
    expect(sent.length, sent.map(({ kind, text }) => `${kind}: ${text}`).join('\n')).toBeLessThanOrEqual(
      known,
    );
  });

  test.each(FORMS)('and not offered, from the same place: %s', (file) => {
    const forms = readSecretForms(file, SEED);
    const offered = forms.filter(isOffered);
    // What tells of the secret may stand below it, and a suggestion knows what is above and in its line.
    expect(
      offered.length,
      offered.map(({ kind, text }) => `${kind}: ${text}`).join('\n'),
    ).toBeLessThanOrEqual(forms.length / 40);
  });

  test('they are many, with values that are made by chance', () => {
    const forms = FORMS.flatMap(([file]) => readSecretForms(file, SEED));
    expect(forms.length).toBeGreaterThanOrEqual(800);
    expect(new Set(forms.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(15);
    for (const seed of [11, 12]) {
      const others = FORMS.flatMap(([file]) => readSecretForms(file, seed));
      expect(others.filter(isSent).length / others.length).toBeLessThanOrEqual(0.03);
    }
  });
});
