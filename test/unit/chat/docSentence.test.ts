import { describe, expect, it } from 'vitest';
import { docSentence } from '../../../src/core/chat/docSentence.ts';
import { SourceText } from '../../../src/core/retrieval/sourceText.ts';

function sentenceIn(text: string, path = 'a.ts'): unknown {
  const source = new SourceText(path, text);
  const [definition] = source.definitions;
  return definition && docSentence(source, definition);
}

describe('docSentence', () => {
  it.each([
    ['/** Adds two numbers. Slowly. */\nfunction add() {}', 'Adds two numbers.', 1, 1],
    ['/**\n * Adds two\n * numbers.\n *\n * @param a one\n */\nfunction add() {}', 'Adds two numbers.', 2, 3],
    [
      '// Adds two numbers\n// without overflow\nfunction add() {}',
      'Adds two numbers without overflow',
      1,
      2,
    ],
    ['/// Adds numbers of v1.2 only.\npub fn add() {}', 'Adds numbers of v1.2 only.', 1, 1],
    ['# eslint-disable\n# Adds two numbers.\n@cached\ndef add(a):\n  pass', 'Adds two numbers.', 2, 2],
    ['def add(a):\n    """Adds two numbers.\n\n    More."""\n    return a', 'Adds two numbers.', 2, 2],
  ])('takes the first sentence of %j', (text, sentence, startLine, endLine) => {
    expect(sentenceIn(text)).toEqual({ text: sentence, startLine, endLine });
  });

  it.each([
    ['function add() {}'],
    ['/** Adds. */\nfunction add() {}'],
    ['/** @internal */\nfunction add() {}'],
    ['// A comment of something else here.\n\nfunction add() {}'],
    [`/** ${'very '.repeat(80)}long. */\nfunction add() {}`],
  ])('takes nothing from %j', (text) => {
    expect(sentenceIn(text)).toBeUndefined();
  });
});
