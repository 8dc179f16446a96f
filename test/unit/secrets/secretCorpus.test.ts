import { describe, expect, test } from 'vitest';
import { secretSpans } from '../../../src/core/secrets/redactSecrets.ts';
import { HELD_OUT } from './heldOutSecrets.ts';
import { PLANTED } from './plantedSecrets.ts';

/** Without its marks, and where the secrets are. */
function read(form: string) {
  const parts = form.split(/[«»]/);
  const text = parts.join('');
  const start = parts[0]!.length;
  return { text, secret: parts[1]!, start, end: start + parts[1]!.length };
}

/** Half of a secret sent is a secret sent. */
function isFound(form: string): boolean {
  const { text, start, end } = read(form);
  return secretSpans(text).some((span) => span.start <= start && span.end >= end);
}

function missed(corpus: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(corpus).flatMap(([kind, forms]) =>
    forms.filter((form) => !isFound(form)).map((form) => `${kind}: ${form}`),
  );
}
const count = (corpus: Readonly<Record<string, readonly string[]>>) => Object.values(corpus).flat().length;

describe('planted secrets', () => {
  test('are many, in many kinds of files', () => {
    expect(count(PLANTED) + count(HELD_OUT)).toBeGreaterThanOrEqual(200);
    expect(Object.keys({ ...PLANTED, ...HELD_OUT }).length).toBeGreaterThanOrEqual(15);
  });

  test('are found, those the detector was made with', () => {
    expect(missed(PLANTED)).toEqual([]);
  });

  test('and nineteen of twenty of those held out', () => {
    const all = missed(HELD_OUT);
    expect(all.length, all.join('\n')).toBeLessThanOrEqual(count(HELD_OUT) / 20);
  });
});
